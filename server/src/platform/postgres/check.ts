import pg from 'pg'
import { StartFault } from '../start-fault.ts'

export const LEAST_MAJOR = 16
const CONNECT_LIMIT_MS = 10_000

/**
 * The address for the driver. It already reads every TLS mode that libpq calls weaker as
 * `verify-full`, with a warning on each start; said outright, there is none.
 */
export const forDriver = (url: string): string =>
  url.replace(/([?&]sslmode=)(prefer|require|verify-ca)(?=&|$)/, '$1verify-full')

/** The parts of an address that may be shown: never its password. */
function parts(url: string) {
  const { hostname, port, pathname, username, searchParams } = new URL(url)
  const host = decodeURIComponent(searchParams.get('host') ?? hostname) || 'localhost'
  return {
    host: host.startsWith('/') ? host : `${host}:${port || '5432'}`,
    database: decodeURIComponent(pathname.slice(1)),
    user: decodeURIComponent(username) || 'the default user',
  }
}

type Parts = ReturnType<typeof parts>
const NETWORK = (at: Parts) =>
  `No PostgreSQL answers at ${at.host}: start it, or correct the host and port in DATABASE_URL.`
const PASSWORD = (at: Parts) =>
  `PostgreSQL at ${at.host} refused the password of ${at.user}: correct it in DATABASE_URL.`

/** By SQLSTATE (PostgreSQL, appendix A) or by the system's error code. */
const SENTENCES: Readonly<Record<string, (at: Parts) => string>> = {
  ECONNREFUSED: NETWORK,
  ENOENT: NETWORK,
  ETIMEDOUT: NETWORK,
  EHOSTUNREACH: NETWORK,
  ENETUNREACH: NETWORK,
  ECONNRESET: NETWORK,
  ENOTFOUND: (at) => `The host ${at.host} is not known: correct it in DATABASE_URL.`,
  EAI_AGAIN: (at) => `The name ${at.host} could not be looked up: check it and the network.`,
  '28P01': PASSWORD,
  '28000': (at) =>
    `PostgreSQL at ${at.host} does not let ${at.user} in: correct the user in DATABASE_URL ` +
    'or allow it in pg_hba.conf.',
  '3D000': (at) =>
    `The database "${at.database}" does not exist at ${at.host}: create it (createdb ` +
    `${at.database}) or correct its name in DATABASE_URL.`,
  '42501': (at) => `User ${at.user} may not use the database "${at.database}": grant it.`,
  '53300': (at) =>
    `PostgreSQL at ${at.host} has no connection left: raise its max_connections ` +
    'or lower FLORIN_POOL_SIZE.',
  '57P03': (at) => `PostgreSQL at ${at.host} is starting or stopping: try again in a moment.`,
}

/** Messages of the driver, which have no code. */
const TEXTS: readonly (readonly [RegExp, (at: Parts) => string])[] = [
  [
    /password must be a string|no password/i,
    (at) => `PostgreSQL at ${at.host} asks for a password: write it in DATABASE_URL.`,
  ],
  [
    /does not support SSL/i,
    (at) => `PostgreSQL at ${at.host} offers no TLS: remove sslmode from DATABASE_URL.`,
  ],
  [
    /certificate/i,
    (at) => `The certificate of ${at.host} is not trusted: add sslrootcert to DATABASE_URL.`,
  ],
  [/timeout|terminated/i, NETWORK],
]

/** One sentence about why a database cannot be reached and what to do. */
export function explainConnectionFault(fault: unknown, url: string): string {
  const at = parts(url)
  const found = fault instanceof AggregateError ? fault.errors[0] : fault
  const { code = '', message = '' } = found as { code?: string; message?: string }
  const sentence = SENTENCES[code] ?? TEXTS.find(([pattern]) => pattern.test(message))?.[1]
  return sentence?.(at) ?? `The database at ${at.host} cannot be used: ${message || code}.`
}

/** A connection of its own; a failure is a StartFault with the sentence. */
export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: forDriver(url),
    connectionTimeoutMillis: CONNECT_LIMIT_MS,
    application_name: 'florin start',
  })
  // A connection that breaks later fails the statement it carries, and must not end the process.
  client.on('error', () => {})
  try {
    await client.connect()
    return client
  } catch (fault) {
    // A server that still waits for a password would keep the process alive.
    void client.end().catch(() => {})
    throw new StartFault(explainConnectionFault(fault, url))
  }
}

type Facts = {
  readonly version: string
  readonly major: number
  readonly encoding: string
  readonly replica: boolean
  readonly careless: string
}

const FACTS = `
  select current_setting('server_version') as version,
         current_setting('server_version_num')::int / 10000 as major,
         current_setting('server_encoding') as encoding,
         pg_is_in_recovery() as replica,
         coalesce((select string_agg(name, ', ' order by name) from pg_settings
                    where name in ('fsync', 'full_page_writes', 'synchronous_commit')
                      and setting = 'off'), '') as careless`

function faultOf(facts: Facts, at: Parts, allowNonDurable: boolean): string | null {
  if (facts.major < LEAST_MAJOR) {
    const found = `PostgreSQL at ${at.host} is version ${facts.version}`
    return `${found}: Florin needs ${LEAST_MAJOR} or newer.`
  }
  if (facts.replica) {
    return `PostgreSQL at ${at.host} is a read-only replica: write the primary in DATABASE_URL.`
  }
  if (facts.encoding !== 'UTF8') {
    return (
      `The database "${at.database}" is encoded as ${facts.encoding}: ` +
      'create it with the encoding UTF8.'
    )
  }
  if (facts.careless !== '' && !allowNonDurable) {
    return (
      `PostgreSQL at ${at.host} could lose a payment in a power cut: ` +
      `turn on ${facts.careless} in its settings.`
    )
  }
  return null
}

/** Proves that the server is one that money can be kept in. Throws StartFault. */
export async function checkServer(
  url: string,
  options: { readonly allowNonDurable?: boolean } = {},
): Promise<void> {
  const client = await connect(url)
  try {
    const facts = (await client.query<Facts>(FACTS)).rows[0]
    const fault = facts && faultOf(facts, parts(url), options.allowNonDurable ?? false)
    if (fault) throw new StartFault(fault)
  } finally {
    await client.end()
  }
}
