import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { link, mkdir, open, readFile, rm } from 'node:fs/promises'
import { isIP } from 'node:net'
import { resolve } from 'node:path'
import { CURRENCIES } from './kernel/currencies.ts'
import type { Random } from './platform/clock.ts'
import type { LogLevel } from './platform/log.ts'
import { StartFault } from './platform/start-fault.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** The one place where the process environment is read. */
export const environment = (): Environment => process.env

/** What a person may set. */
export type Config = {
  /** 0 asks the system for any free port. */
  readonly port: number
  readonly host: string
  /** Origin that people and gateways reach, without trailing slash; null: see `publicUrl`. */
  readonly appUrl: string | null
  /** Null means the embedded PostgreSQL under `dataDir`. */
  readonly databaseUrl: string | null
  /** Absolute path. */
  readonly dataDir: string
  /** Null means one is made and kept in `dataDir`: see `loadAppSecret`. */
  readonly appSecret: string | null
  readonly logLevel: LogLevel
  readonly defaultTimeZone: string
  readonly defaultCurrency: string
  readonly demo: boolean
  readonly sandbox: boolean
  /** Addresses or CIDR ranges of reverse proxies whose forwarded headers are believed. */
  readonly trustProxy: readonly string[]
  readonly ownerEmail: string | null
  readonly ownerPassword: string | null
  /** Database connections for the application. */
  readonly poolSize: number
}

export type ConfigResult =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly errors: readonly string[] }

const MIN_SECRET_CHARACTERS = 32
const MIN_PASSWORD_CHARACTERS = 12
const MAX_PORT = 65_535
const POOL_SIZE = { least: 2, most: 200 }
const LOG_LEVELS: readonly LogLevel[] = ['info', 'warn', 'error', 'silent']

/** A reader turns the text of a variable into its value, or into what should be written instead. */
type Read<T> = { readonly value: T } | { readonly write: string }
type Reader<T> = (text: string) => Read<T>

const value = <T>(given: T): Read<T> => ({ value: given })
const write = (advice: string): Read<never> => ({ write: advice })

const wholeNumber =
  (least: number, most: number): Reader<number> =>
  (text) => {
    const number = /^\d{1,9}$/.test(text) ? Number.parseInt(text, 10) : Number.NaN
    return number >= least && number <= most
      ? value(number)
      : write(`a whole number from ${least} to ${most}`)
  }

const oneOf =
  <T extends string>(choices: readonly T[]): Reader<T> =>
  (text) => {
    const choice = choices.find((each) => each === text.toLowerCase())
    return choice ? value(choice) : write(`one of ${choices.join(', ')}`)
  }

const onOff: Reader<boolean> = (text) => {
  if (text.toLowerCase() === 'on') return value(true)
  return text.toLowerCase() === 'off' ? value(false) : write('on or off')
}

const urlOf = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null)

const origin: Reader<string> = (text) => {
  const url = urlOf(text)
  const plain = url && ['http:', 'https:'].includes(url.protocol) && url.host !== ''
  const bare = plain && url.pathname === '/' && !url.search && !url.hash && !url.username
  return bare
    ? value(url.origin)
    : write('an address without a path, such as https://pay.example.com')
}

const databaseUrl: Reader<string> = (text) => {
  const url = urlOf(text)
  return url && ['postgres:', 'postgresql:'].includes(url.protocol) && url.pathname.length > 1
    ? value(text)
    : write('an address such as postgres://user:password@host:5432/florin')
}

const timeZone: Reader<string> = (text) => {
  try {
    return value(new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone)
  } catch {
    return write('a time zone name such as Europe/Paris or UTC')
  }
}

const currency: Reader<string> = (text) =>
  Object.hasOwn(CURRENCIES, text) ? value(text) : write('a currency code such as EUR')

const isRange = (text: string): boolean => {
  const [address = '', bits, ...rest] = text.split('/')
  const family = isIP(address)
  if (family === 0 || rest.length > 0) return false
  if (bits === undefined) return true
  return /^\d{1,3}$/.test(bits) && Number.parseInt(bits, 10) <= (family === 4 ? 32 : 128)
}

const ranges: Reader<readonly string[]> = (text) => {
  const list = text.split(/[\s,]+/).filter((each) => each !== '')
  return list.every(isRange)
    ? value(list)
    : write('addresses or CIDR ranges separated by commas, such as 10.0.0.0/8,127.0.0.1')
}

const atLeast =
  (characters: number): Reader<string> =>
  (text) =>
    text.length >= characters ? value(text) : write(`at least ${characters} characters`)

const email: Reader<string> = (text) =>
  /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text) ? value(text) : write('an e-mail address')

const anyText: Reader<string> = (text) => value(text)
const path: Reader<string> = (text) => value(resolve(text))

const READERS = {
  PORT: wholeNumber(0, MAX_PORT),
  HOST: anyText,
  APP_URL: origin,
  DATABASE_URL: databaseUrl,
  FLORIN_DATA: path,
  APP_SECRET: atLeast(MIN_SECRET_CHARACTERS),
  LOG_LEVEL: oneOf(LOG_LEVELS),
  DEFAULT_TIME_ZONE: timeZone,
  DEFAULT_CURRENCY: currency,
  DEMO: onOff,
  SANDBOX: onOff,
  TRUST_PROXY: ranges,
  OWNER_EMAIL: email,
  OWNER_PASSWORD: atLeast(MIN_PASSWORD_CHARACTERS),
  FLORIN_POOL_SIZE: wholeNumber(POOL_SIZE.least, POOL_SIZE.most),
} as const satisfies Record<string, Reader<unknown>>

type Key = keyof typeof READERS
type ValueOf<K extends Key> = (typeof READERS)[K] extends Reader<infer T> ? T : never
const KEYS = Object.keys(READERS) as Key[]
/** Never repeated in a message. */
const SECRET: readonly Key[] = ['APP_SECRET', 'OWNER_PASSWORD', 'DATABASE_URL']

/** The text of a variable: itself, or the content of the file that `<NAME>_FILE` names. */
function textOf(env: Environment, key: Key, errors: string[]): string | null {
  const direct = env[key]?.trim() || null
  const file = env[`${key}_FILE`]?.trim() || null
  if (file === null) return direct
  if (direct !== null) {
    errors.push(`Set either ${key} or ${key}_FILE, not both.`)
    return null
  }
  try {
    return readFileSync(file, 'utf8').trim() || null
  } catch {
    errors.push(`${key}_FILE names a file that cannot be read: ${file}.`)
    return null
  }
}

function unknownVariables(env: Environment): string[] {
  const known = new Set(KEYS.flatMap((key) => [key as string, `${key}_FILE`]))
  const own = KEYS.filter((key) => key.startsWith('FLORIN_')).join(' and ')
  return Object.keys(env)
    .filter((name) => name.startsWith('FLORIN_') && !known.has(name))
    .map((name) => `${name} is not a setting of Florin: remove it (there are ${own}).`)
}

/** Reads every setting; all mistakes are reported at once, each in a sentence. */
export function readConfig(env: Environment): ConfigResult {
  const errors = unknownVariables(env)
  const get = <K extends Key>(key: K): ValueOf<K> | null => {
    const text = textOf(env, key, errors)
    if (text === null) return null
    const read = READERS[key](text) as Read<ValueOf<K>>
    if ('value' in read) return read.value
    const shown = SECRET.includes(key) ? '' : ` is "${text}"`
    errors.push(`${key}${shown || ' has a wrong value'}: write ${read.write}.`)
    return null
  }
  const config: Config = {
    port: get('PORT') ?? 8080,
    host: get('HOST') ?? '127.0.0.1',
    appUrl: get('APP_URL'),
    databaseUrl: get('DATABASE_URL'),
    dataDir: get('FLORIN_DATA') ?? resolve('data'),
    appSecret: get('APP_SECRET'),
    logLevel: get('LOG_LEVEL') ?? 'info',
    defaultTimeZone: get('DEFAULT_TIME_ZONE') ?? 'Europe/Paris',
    defaultCurrency: get('DEFAULT_CURRENCY') ?? 'EUR',
    demo: get('DEMO') ?? true,
    sandbox: get('SANDBOX') ?? true,
    trustProxy: get('TRUST_PROXY') ?? [],
    ownerEmail: get('OWNER_EMAIL'),
    ownerPassword: get('OWNER_PASSWORD'),
    poolSize: get('FLORIN_POOL_SIZE') ?? 12,
  }
  if (config.ownerPassword !== null && config.ownerEmail === null) {
    errors.push('OWNER_PASSWORD needs OWNER_EMAIL: write the address that signs in with it.')
  }
  return errors.length === 0 ? { ok: true, config } : { ok: false, errors }
}

/** Where people reach Florin; `port` is the one it really listens on. */
export const publicUrl = (config: Config, port: number): string =>
  config.appUrl ?? `http://localhost:${port}`

/** The given secret, or the one kept in the data directory, made on first use. */
export async function loadAppSecret(config: Config, random: Random): Promise<string> {
  if (config.appSecret !== null) return config.appSecret
  const file = resolve(config.dataDir, 'app-secret')
  try {
    await mkdir(config.dataDir, { recursive: true })
    await keepOnce(file, Buffer.from(random.bytes(32)).toString('base64url'))
    const kept = (await readFile(file, 'utf8')).trim()
    if (kept.length >= MIN_SECRET_CHARACTERS) return kept
  } catch {
    throw new StartFault(
      `The secret file ${file} cannot be written or read: make its folder writable ` +
        'or set APP_SECRET.',
    )
  }
  throw new StartFault(`The secret file ${file} is damaged: restore it from a backup.`)
}

/** Whole or not at all, and never over an existing file, even after a crash or a second start. */
async function keepOnce(file: string, text: string): Promise<void> {
  const draft = `${file}.${randomUUID()}`
  const handle = await open(draft, 'wx', 0o600)
  try {
    await handle.writeFile(`${text}\n`)
    await handle.sync()
    await link(draft, file).catch((fault: NodeJS.ErrnoException) => {
      if (fault.code !== 'EEXIST') throw fault
    })
  } finally {
    await handle.close()
    await rm(draft, { force: true })
  }
}
