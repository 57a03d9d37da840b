/** One message of an event stream, per the HTML standard's "server-sent events". */
export type Message = { readonly id: string | null; readonly type: string; readonly data: string }

/**
 * Cuts a stream of text into messages. Feed it chunks as they come; a message is complete at an
 * empty line. Comments (heartbeats) yield nothing.
 */
export function messageCutter(): (chunk: string) => Message[] {
  let rest = ''
  return (chunk) => {
    const blocks = (rest + chunk).replaceAll(/\r\n?/g, '\n').split('\n\n')
    rest = blocks.pop() ?? ''
    return blocks.map(messageOf).filter((message) => message !== null)
  }
}

function messageOf(block: string): Message | null {
  let id: string | null = null
  let type = 'message'
  const data: string[] = []
  for (const line of block.split('\n')) {
    const colon = line.indexOf(':')
    if (colon === 0) continue
    const field = colon < 0 ? line : line.slice(0, colon)
    const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '')
    if (field === 'id') id = value
    if (field === 'event') type = value
    if (field === 'data') data.push(value)
  }
  return data.length === 0 && id === null ? null : { id, type, data: data.join('\n') }
}
