import { connect, type Socket } from 'node:net'

export type HttpRequest = { readonly path: string; readonly key: string; readonly body: string }

export type HttpLoad = {
  /** Answered 2xx within the slice, and in all: what was under way at its end is waited for. */
  readonly in_time: number
  readonly answered: number
  /** Answers of other statuses, by status. */
  readonly refused: Readonly<Record<string, number>>
  readonly seconds: number
  /** Of those in time, milliseconds, smallest first. */
  readonly latencies_ms: Float64Array
}

type Answer = { readonly status: number; readonly end: number }

/** The first whole answer in what has come: a head, and as many bytes as it says. */
function readAnswer(text: Buffer): Answer | null {
  const head = text.indexOf('\r\n\r\n')
  if (head === -1) return null
  const lines = text.toString('latin1', 0, head)
  const length = /\r\ncontent-length: *([0-9]+)/i.exec(lines)?.[1]
  if (length === undefined) throw new Error(`an answer without a length: ${lines}`)
  const end = head + 4 + Number.parseInt(length, 10)
  return text.length < end ? null : { status: Number.parseInt(lines.slice(9, 12), 10), end }
}

/** One connection that sends one request after the other; little more than the socket costs. */
async function visitor(port: number): Promise<{
  readonly send: (text: string) => Promise<number>
  readonly close: () => void
}> {
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true })
  await new Promise<void>((done, fail) => socket.once('connect', done).once('error', fail))
  let came = Buffer.alloc(0)
  let waiting: { done: (status: number) => void; fail: (fault: Error) => void } | null = null
  socket.on('data', (bytes) => {
    came = came.length === 0 ? bytes : Buffer.concat([came, bytes])
    const answer = readAnswer(came)
    if (answer === null) return
    came = came.subarray(answer.end)
    waiting?.done(answer.status)
  })
  const lost = () => waiting?.fail(new Error('the connection was lost'))
  socket.on('error', lost).on('close', lost)
  return {
    send: (text) =>
      new Promise((done, fail) => {
        waiting = { done, fail }
        socket.write(text)
      }),
    close: () => socket.removeAllListeners('close').destroy(),
  }
}

const textOf = (port: number, apiKey: string, { path, key, body }: HttpRequest): string =>
  `POST ${path} HTTP/1.1\r\nhost: 127.0.0.1:${port}\r\nauthorization: Bearer ${apiKey}\r\n` +
  `idempotency-key: ${key}\r\ncontent-type: application/json\r\n` +
  `content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`

/** Keeps a number of connections busy for a time. */
export async function loadHttp(given: {
  readonly port: number
  readonly apiKey: string
  readonly connections: number
  readonly seconds: number
  readonly next: () => HttpRequest
}): Promise<HttpLoad> {
  const { port, apiKey, connections, next } = given
  const visitors = await Promise.all(Array.from({ length: connections }, () => visitor(port)))
  const refused: Record<string, number> = {}
  const latencies: number[] = []
  let answered = 0
  const start = performance.now()
  const end = start + given.seconds * 1000
  await Promise.all(
    visitors.map(async ({ send, close }) => {
      for (let sent = performance.now(); sent < end; sent = performance.now()) {
        const status = await send(textOf(port, apiKey, next()))
        const now = performance.now()
        if (status < 200 || status > 299) refused[status] = (refused[status] ?? 0) + 1
        else {
          answered += 1
          if (now <= end) latencies.push(now - sent)
        }
      }
      close()
    }),
  )
  return {
    in_time: latencies.length,
    answered,
    refused,
    seconds: given.seconds,
    latencies_ms: Float64Array.from(latencies).sort(),
  }
}
