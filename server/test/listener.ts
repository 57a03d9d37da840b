/** What `/v1/stream` says: that something changed, and what to fetch. */
export type Heard = {
  readonly id: string
  readonly kind: string
  readonly type: string
  readonly object_id: string
  readonly payment_id: string | null
  readonly mode: string
}

export type Listener = {
  readonly status: number
  readonly headers: Headers
  /** Everything heard so far, in the order in which it came. */
  readonly heard: Heard[]
  readonly close: () => void
}

/** A browser that listens to the live stream. */
export async function listen(
  origin: string,
  headers: Record<string, string>,
  query = '',
): Promise<Listener> {
  const away = new AbortController()
  const answer = await fetch(`${origin}/v1/stream${query}`, { headers, signal: away.signal })
  const heard: Heard[] = []
  if (answer.ok && answer.body) void read(answer.body, heard).catch(() => undefined)
  return { status: answer.status, headers: answer.headers, heard, close: () => away.abort() }
}

async function read(body: ReadableStream<Uint8Array>, heard: Heard[]): Promise<void> {
  const utf8 = new TextDecoder()
  let rest = ''
  for await (const bytes of body) {
    const part = utf8.decode(bytes, { stream: true })
    const blocks = (rest + part).split('\n\n')
    rest = blocks.pop() ?? ''
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1]
      const data = field('data')
      if (data) heard.push({ ...JSON.parse(data), id: field('id'), kind: field('event') })
    }
  }
}
