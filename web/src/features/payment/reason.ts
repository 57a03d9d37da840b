/** What the API asks of a reason. */
const REASON_CHARS_MIN = 3
export const REASON_CHARS_MAX = 500

export const isReason = (text: string): boolean => text.trim().length >= REASON_CHARS_MIN

/** A preview needs a reason as the act itself does, but says the same whatever it is. */
export const PREVIEW_REASON = 'preview'
