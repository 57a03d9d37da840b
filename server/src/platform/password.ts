import { argon2, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Random } from './clock.ts'

/** OWASP's argon2id setting of 19 MiB, two passes; about 130 ms. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const
const hash = promisify(argon2)

export async function hashPassword(password: string, random: Random): Promise<string> {
  const nonce = Buffer.from(random.bytes(16))
  const tag = await derive(password, nonce)
  return `argon2id$${nonce.toString('base64')}$${tag.toString('base64')}`
}

export async function passwordFits(password: string, stored: string): Promise<boolean> {
  const [kind, nonce = '', tag = ''] = stored.split('$')
  if (kind !== 'argon2id') return false
  const expected = Buffer.from(tag, 'base64')
  const got = await derive(password, Buffer.from(nonce, 'base64'))
  return got.length === expected.length && timingSafeEqual(got, expected)
}

const derive = async (password: string, nonce: Buffer): Promise<Buffer> =>
  Buffer.from((await hash('argon2id', { message: password, nonce, ...COST })) as Uint8Array)

/** A hash that no password fits, so that an unknown e-mail takes as long as a wrong password. */
const zeros = (bytes: number): string => Buffer.alloc(bytes).toString('base64')
export const NO_PASSWORD = `argon2id$${zeros(16)}$${zeros(32)}`
