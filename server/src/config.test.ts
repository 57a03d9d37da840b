import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Config, loadAppSecret, publicUrl, readConfig } from './config.ts'
import { systemRandom } from './platform/clock.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'florin-config-'))
})
afterAll(() => rm(folder, { recursive: true }))

function read(env: Record<string, string>): Config {
  const result = readConfig(env)
  if (!result.ok) throw new Error(result.errors.join('\n'))
  return result.config
}
function errorsOf(env: Record<string, string>): readonly string[] {
  const result = readConfig(env)
  return result.ok ? [] : result.errors
}

describe('readConfig', () => {
  it('has a default for everything', () => {
    expect(read({})).toEqual({
      port: 8080,
      host: '127.0.0.1',
      appUrl: null,
      databaseUrl: null,
      dataDir: resolve('data'),
      appSecret: null,
      logLevel: 'info',
      defaultTimeZone: 'Europe/Paris',
      defaultCurrency: 'EUR',
      demo: true,
      sandbox: true,
      trustProxy: [],
      ownerEmail: null,
      ownerPassword: null,
      poolSize: 12,
    })
  })

  it('takes an empty variable for an absent one', () => {
    expect(read({ PORT: '', DATABASE_URL: ' ' })).toEqual(read({}))
  })

  it.each([
    [{ PORT: '0' }, { port: 0 }],
    [{ APP_URL: 'https://pay.example.com/' }, { appUrl: 'https://pay.example.com' }],
    [
      { DEMO: 'OFF', SANDBOX: 'off' },
      { demo: false, sandbox: false },
    ],
    [{ TRUST_PROXY: '10.0.0.0/8, ::1' }, { trustProxy: ['10.0.0.0/8', '::1'] }],
    [{ DEFAULT_CURRENCY: 'KWD' }, { defaultCurrency: 'KWD' }],
    [{ DATABASE_URL: 'postgres://a:b@c/d' }, { databaseUrl: 'postgres://a:b@c/d' }],
  ])('reads %o', (env, expected) => {
    expect(read(env)).toMatchObject(expected)
  })

  it.each([
    [{ PORT: '80a' }, 'PORT is "80a": write a whole number from 0 to 65535.'],
    [{ PORT: '70000' }, 'PORT is "70000": write a whole number from 0 to 65535.'],
    [{ APP_URL: 'https://a.example/pay' }, 'write an address without a path'],
    [{ LOG_LEVEL: 'debug' }, 'write one of info, warn, error, silent.'],
    [{ DEFAULT_TIME_ZONE: 'Paris' }, 'write a time zone name'],
    [{ DEFAULT_CURRENCY: 'eur' }, 'write a currency code'],
    [{ DEMO: 'yes' }, 'DEMO is "yes": write on or off.'],
    [{ TRUST_PROXY: '1' }, 'write addresses or CIDR ranges'],
    [{ TRUST_PROXY: '10.0.0.0/33' }, 'write addresses or CIDR ranges'],
    [{ OWNER_EMAIL: 'nobody' }, 'write an e-mail address'],
    [{ OWNER_PASSWORD: 'long enough here' }, 'OWNER_PASSWORD needs OWNER_EMAIL'],
    [{ FLORIN_POOL_SIZE: '1' }, 'write a whole number from 2 to 200.'],
    [{ FLORIN_POOLSIZE: '9' }, 'FLORIN_POOLSIZE is not a setting of Florin'],
  ])('refuses %o in one sentence', (env, sentence) => {
    const errors = errorsOf(env)
    expect(errors).toHaveLength(1)
    expect(errors[0]).toContain(sentence)
  })

  it('reports every mistake at once', () => {
    expect(errorsOf({ PORT: 'x', DEMO: 'x', FLORIN_X: '1' })).toHaveLength(3)
  })

  it('never repeats a secret', () => {
    const env = { APP_SECRET: 'hunter2', DATABASE_URL: 'http://hunter2', OWNER_PASSWORD: 'hunter2' }
    expect(errorsOf(env)).not.toHaveLength(0)
    expect(errorsOf(env).join()).not.toContain('hunter2')
  })

  it('reads any variable from a file', async () => {
    const file = join(folder, 'url')
    await writeFile(file, 'postgres://a:b@c/d\n')
    expect(read({ DATABASE_URL_FILE: file }).databaseUrl).toBe('postgres://a:b@c/d')
    expect(errorsOf({ DATABASE_URL_FILE: join(folder, 'none') })).toHaveLength(1)
    expect(errorsOf({ DATABASE_URL_FILE: file, DATABASE_URL: 'postgres://a:b@c/d' })).toEqual([
      'Set either DATABASE_URL or DATABASE_URL_FILE, not both.',
    ])
  })
})

it('is reached where it listens unless told otherwise', () => {
  expect(publicUrl(read({}), 4321)).toBe('http://localhost:4321')
  expect(publicUrl(read({ APP_URL: 'https://pay.example.com' }), 4321)).toBe(
    'https://pay.example.com',
  )
})

describe('loadAppSecret', () => {
  it('makes one secret for all that ask at once, private to its owner, and keeps it', async () => {
    const config = { ...read({}), dataDir: join(folder, 'new') }
    const secrets = await Promise.all(
      Array.from({ length: 5 }, () => loadAppSecret(config, systemRandom)),
    )
    expect(new Set(secrets).size).toBe(1)
    const file = join(config.dataDir, 'app-secret')
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await readFile(file, 'utf8')).trim()).toBe(secrets[0])
    expect(await loadAppSecret(config, systemRandom)).toBe(secrets[0])
  })

  it('prefers the given one, and refuses a damaged file', async () => {
    const given = { ...read({}), appSecret: 'x'.repeat(32) }
    expect(await loadAppSecret(given, systemRandom)).toBe('x'.repeat(32))
    await writeFile(join(folder, 'app-secret'), 'short')
    const damaged = { ...read({}), dataDir: folder }
    await expect(loadAppSecret(damaged, systemRandom)).rejects.toThrow('is damaged')
  })
})
