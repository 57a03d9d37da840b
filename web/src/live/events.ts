export type LiveEvent =
  | {
      readonly type: 'payment'
      readonly id: string
      readonly payment_id: string
      readonly change: string
    }
  | { readonly type: 'export'; readonly id: string }
  /** Something may have been missed, or the stream is down and it is time to look. */
  | { readonly type: 'resync' }

/** What a message of the stream means here; null for what no page listens to. */
export function liveEventOf(text: string): LiveEvent | null {
  let data: unknown
  try {
    data = JSON.parse(text)
  } catch {
    return null
  }
  if (typeof data !== 'object' || data === null) return null
  const said = (name: string): string => {
    const value = (data as Record<string, unknown>)[name]
    return typeof value === 'string' ? value : ''
  }
  const change = said('type')
  if (change.startsWith('export.')) return { type: 'export', id: said('object_id') }
  const payment_id = said('payment_id')
  return payment_id === '' ? null : { type: 'payment', id: said('id'), payment_id, change }
}
