import type { FastifyReply } from 'fastify'
import type { Acting } from './switches.ts'

/** An answer that is ready to be sent, before any switch has spoiled it. */
export type Answer = {
  readonly status: number
  readonly content_type: string
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

const DRIP_STEPS_MAX = 200

/** Sends an answer, or what the acting switches make of it. */
export async function send(
  reply: FastifyReply,
  answer: Answer,
  acting: Acting,
  wait: (delay_ms: number) => Promise<void>,
): Promise<unknown> {
  if (acting.cut_after_charge) return cut(reply)
  if (acting.slow_answers) await wait(acting.slow_answers.delay_ms)
  if (acting.truncate_answers) return truncate(reply, answer)
  if (acting.drip_answers) return drip(reply, answer, acting.drip_answers.total_ms, wait)
  return reply
    .status(answer.status)
    .headers(answer.headers ?? {})
    .type(answer.content_type)
    .send(answer.body)
}

/** The line is cut without a byte of an answer. */
function cut(reply: FastifyReply): FastifyReply {
  reply.hijack()
  reply.raw.socket?.destroy()
  return reply
}

function head(reply: FastifyReply, answer: Answer): Buffer {
  const bytes = Buffer.from(answer.body)
  reply.hijack()
  reply.raw.writeHead(answer.status, {
    ...answer.headers,
    'content-type': answer.content_type,
    'content-length': bytes.length,
  })
  return bytes
}

async function truncate(reply: FastifyReply, answer: Answer): Promise<FastifyReply> {
  const bytes = head(reply, answer)
  await new Promise<void>((done) => {
    reply.raw.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => done())
  })
  reply.raw.socket?.destroy()
  return reply
}

async function drip(
  reply: FastifyReply,
  answer: Answer,
  total_ms: number,
  wait: (delay_ms: number) => Promise<void>,
): Promise<FastifyReply> {
  const bytes = head(reply, answer)
  const steps = Math.min(bytes.length, DRIP_STEPS_MAX)
  for (let step = 0; step < steps && !reply.raw.destroyed; step++) {
    const from = Math.floor((bytes.length * step) / steps)
    const to = Math.floor((bytes.length * (step + 1)) / steps)
    reply.raw.write(bytes.subarray(from, to))
    await wait(Math.ceil(total_ms / steps))
  }
  reply.raw.end()
  return reply
}
