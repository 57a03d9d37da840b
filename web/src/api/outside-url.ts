/** An address outside Florin that a gateway gave: a web page, or nothing. */
export function outsideUrl(text: string | null | undefined): string | null {
  if (!text) return null
  const url = URL.parse(text)
  return url?.protocol === 'https:' || url?.protocol === 'http:' ? url.href : null
}
