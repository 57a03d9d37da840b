import { createServer, type Server } from 'node:http'
import {
  type AddressInfo,
  createServer as createTcpServer,
  type Server as TcpServer,
} from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { type GatewayHttpOptions, makeGatewayHttp } from './http.ts'

const closers: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function listen(server: Server | TcpServer): Promise<string> {
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  closers.push(() => {
    if ('closeAllConnections' in server) server.closeAllConnections()
    return new Promise((done) => server.close(done))
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const client = (options: GatewayHttpOptions = {}) => {
  const http = makeGatewayHttp({ total_timeout_ms: 2_000, connect_timeout_ms: 500, ...options })
  closers.push(http.close)
  return (url: string) => http({ method: 'POST', url, headers: {}, body: '{}' })
}

/** A server that reads the request and then writes these bytes and closes. */
const raw = (bytes: string, end = true) =>
  listen(
    createTcpServer((socket) => {
      socket.on('error', () => {})
      socket.once('data', () => (end ? socket.end(bytes) : socket.write(bytes)))
    }),
  )

describe('a whole answer', () => {
  test('carries status, body and Retry-After', async () => {
    const server = createServer((_, answer) => {
      answer.writeHead(429, { 'retry-after': '7' }).end('{"slow":"down"}')
    })
    expect(await client()(await listen(server))).toEqual({
      kind: 'answer',
      status: 429,
      body: '{"slow":"down"}',
      retry_after_ms: 7_000,
    })
  })

  test('a redirect is not followed', async () => {
    let calls = 0
    const server = createServer((_, answer) => {
      calls += 1
      answer.writeHead(307, { location: '/elsewhere' }).end()
    })
    expect(await client()(await listen(server))).toMatchObject({ kind: 'answer', status: 307 })
    expect(calls).toBe(1)
  })
})

describe('not_sent: the connection was never made', () => {
  test('connection refused', async () => {
    const server = createServer()
    const url = await listen(server)
    await closers.pop()?.()
    expect(await client()(url)).toMatchObject({ kind: 'not_sent' })
  })

  test('a name that does not resolve', async () => {
    expect(await client()('http://no-such-host.invalid/')).toMatchObject({ kind: 'not_sent' })
  })

  test('a TLS handshake that fails', async () => {
    const url = await raw('this is not TLS\n')
    const answer = await client()(url.replace('http:', 'https:'))
    expect(answer).toMatchObject({ kind: 'not_sent' })
  })

  test('text that is no address', async () => {
    expect(await client()('not a url')).toMatchObject({ kind: 'not_sent' })
  })
})

describe('unknown: something may have been read', () => {
  test('no answer in time', async () => {
    const url = await listen(createServer(() => {}))
    expect(await client({ total_timeout_ms: 200 })(url)).toMatchObject({ kind: 'unknown' })
  })

  test('an answer that drips past the total time', async () => {
    const server = createServer((_, answer) => {
      answer.writeHead(200)
      const timer = setInterval(() => answer.write('x'), 20)
      answer.on('close', () => clearInterval(timer))
    })
    const url = await listen(server)
    expect(await client({ total_timeout_ms: 300 })(url)).toMatchObject({ kind: 'unknown' })
  })

  test.for([
    ['cut before a byte of the answer', ''],
    ['cut inside the headers', 'HTTP/1.1 200 OK\r\ncontent-le'],
    ['cut inside the body', 'HTTP/1.1 200 OK\r\ncontent-length: 50\r\n\r\n{"half":'],
    ['not HTTP at all', '220 mail.example ESMTP\r\n'],
  ])('%s', async ([, bytes]) => {
    expect(await client()(await raw(bytes ?? ''))).toMatchObject({ kind: 'unknown' })
  })

  test('more bytes than allowed', async () => {
    const url = await listen(createServer((_, answer) => void answer.end('x'.repeat(2_000))))
    expect(await client({ max_bytes: 1_000 })(url)).toMatchObject({ kind: 'unknown' })
    expect(await client({ max_bytes: 2_000 })(url)).toMatchObject({ kind: 'answer' })
  })
})

test('the guard forbids a call before anything is sent', async () => {
  let calls = 0
  const url = await listen(
    createServer((_, answer) => {
      calls += 1
      answer.end()
    }),
  )
  const guard = () => {
    throw new Error('inside a transaction')
  }
  await expect(client({ guard })(url)).rejects.toThrow('inside a transaction')
  expect(calls).toBe(0)
})
