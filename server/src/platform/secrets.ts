import { createCipheriv, createDecipheriv, createHash, hkdfSync } from 'node:crypto'
import { assert } from '#server/kernel/assert.ts'
import type { Random } from './clock.ts'

/**
 * Encryption at rest: AES-256-GCM with a random 96-bit nonce. The place a secret belongs to (table,
 * column, row) is authenticated, so a ciphertext copied to another row does not open there.
 */
export type Secrets = {
  readonly seal: (plain: string, place: string) => Buffer
  readonly open: (sealed: Uint8Array, place: string) => string
}

const KEY_ID = 1
const NONCE_BYTES = 12
const TAG_BYTES = 16

export function makeSecrets(appSecret: string, random: Random): Secrets {
  const key = Buffer.from(hkdfSync('sha256', appSecret, 'florin', 'secrets-at-rest', 32))
  return {
    seal: (plain, place) => {
      const nonce = random.bytes(NONCE_BYTES)
      const cipher = createCipheriv('aes-256-gcm', key, nonce)
      cipher.setAAD(Buffer.from(place))
      const body = Buffer.concat([cipher.update(plain, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.from([KEY_ID]), nonce, cipher.getAuthTag(), body])
    },
    open: (sealed, place) => {
      const bytes = Buffer.from(sealed)
      assert(bytes[0] === KEY_ID, 'a secret was sealed with a key this installation does not have')
      const nonce = bytes.subarray(1, 1 + NONCE_BYTES)
      const tag = bytes.subarray(1 + NONCE_BYTES, 1 + NONCE_BYTES + TAG_BYTES)
      const decipher = createDecipheriv('aes-256-gcm', key, nonce)
      decipher.setAAD(Buffer.from(place))
      decipher.setAuthTag(tag)
      const body = bytes.subarray(1 + NONCE_BYTES + TAG_BYTES)
      return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8')
    },
  }
}

export const sha256 = (data: string | Uint8Array): Buffer =>
  createHash('sha256').update(data).digest()
