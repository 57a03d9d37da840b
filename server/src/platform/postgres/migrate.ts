import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type pg from 'pg'
import { StartFault } from '../start-fault.ts'
import { connect } from './check.ts'

export const APP_ROLE = 'florin_app'
export const MIGRATIONS = resolve(import.meta.dirname, '../../../migrations')
/** A number of ours, the same in every version: one migration at a time per database. */
const LOCK_KEY = 7_031_882_406
const LOCK_LIMIT_MS = 120_000

export type MigrationProgress = {
  readonly version: number
  readonly name: string
  readonly done: number
  readonly total: number
}
type Migration = {
  readonly version: number
  readonly name: string
  readonly sql: string
  readonly sha256: string
}
type Applied = Pick<Migration, 'version' | 'name' | 'sha256'>

const FILE = /^(\d{4})_([a-z0-9_]+)\.sql$/

async function readMigrations(directory: string): Promise<Migration[]> {
  const files = (await readdir(directory)).filter((name) => name.endsWith('.sql')).sort()
  const migrations: Migration[] = []
  for (const file of files) {
    const [, number = '', name = ''] = FILE.exec(file) ?? []
    const version = Number.parseInt(number, 10)
    if (!(version > (migrations.at(-1)?.version ?? 0))) {
      throw new StartFault(
        `The migration ${file} has no number of its own (0001_name.sql): ` +
          'rename it to the next one.',
      )
    }
    const sql = (await readFile(join(directory, file), 'utf8')).replaceAll('\r\n', '\n')
    migrations.push({ version, name, sql, sha256: createHash('sha256').update(sql).digest('hex') })
  }
  return migrations
}

const codeOf = (fault: unknown): string => (fault as { code?: string }).code ?? ''

/** Roles belong to the whole server, so another database may be making the same one right now. */
const MAKE_ROLE = `
  do $$ begin
    if to_regrole('${APP_ROLE}') is null then create role ${APP_ROLE} nologin; end if;
  exception when duplicate_object or unique_violation then null;
  end $$`

/** PostgreSQL reports two grants of one role at one time as this internal error. */
const CONCURRENT_UPDATE = 'XX000'

async function ensureRole(client: pg.Client): Promise<void> {
  const may = async () => {
    const text = `select pg_has_role(current_user, '${APP_ROLE}', 'set') as may`
    return (await client.query<{ may: boolean }>(text)).rows[0]?.may === true
  }
  try {
    await client.query(MAKE_ROLE)
    for (let attempt = 0; attempt < 5 && !(await may()); attempt += 1) {
      await client.query(`grant ${APP_ROLE} to current_user with set true`).catch((fault) => {
        if (codeOf(fault) !== CONCURRENT_UPDATE) throw fault
      })
    }
  } catch (fault) {
    if (codeOf(fault) !== '42501') throw fault
    const user = (await client.query<{ name: string }>('select current_user as name')).rows[0]?.name
    throw new StartFault(
      `User ${user} may not make or use the role ${APP_ROLE}: have an administrator run ` +
        `"create role ${APP_ROLE} nologin" and "grant ${APP_ROLE} to ${user}".`,
    )
  }
}

const MAKE_TABLE = `
  create table schema_migrations (
    version int primary key,
    name text not null,
    sha256 text not null,
    applied_at timestamptz not null default now()
  );
  grant select on schema_migrations to ${APP_ROLE}`
const READ_TABLE = 'select version, name, sha256 from schema_migrations order by version'

const TABLE_FAULTS: Readonly<Record<string, string>> = {
  '42703': 'This database belongs to another program: write an empty one in DATABASE_URL.',
  '42501':
    'This database user may not make tables in it: make that user the owner of the database.',
}

async function readApplied(client: pg.Client): Promise<Applied[]> {
  try {
    const found = await client.query(`select to_regclass('schema_migrations') is null as fresh`)
    if (found.rows[0]?.fresh) await client.query(MAKE_TABLE)
    return (await client.query<Applied>(READ_TABLE)).rows
  } catch (fault) {
    const sentence = TABLE_FAULTS[codeOf(fault)]
    throw sentence ? new StartFault(sentence) : fault
  }
}

/** What was applied must be exactly what the files still say, and new files come after it. */
function faultOf(applied: readonly Applied[], known: readonly Migration[]): string | null {
  const newest = known.at(-1)?.version ?? 0
  const last = applied.at(-1)?.version ?? 0
  if (last > newest) {
    return (
      `The database was made by a newer Florin (schema ${last}, this one knows ${newest}): ` +
      'start that version, or restore a backup made before it.'
    )
  }
  const files = new Map(known.map((each) => [each.version, each.sha256]))
  const other = applied.find((each) => files.get(each.version) !== each.sha256)
  if (other) {
    return (
      `The migration ${other.version} (${other.name}) differs from the one this database was ` +
      'made with: restore its file as it was released and put changes in a new migration.'
    )
  }
  const done = new Set(applied.map((each) => each.version))
  const late = known.find((each) => each.version < last && !done.has(each.version))
  return late
    ? `The migration ${late.version} (${late.name}) comes before ${last}, which this database ` +
        'already has: give it the next free number.'
    : null
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  const { version, name, sql, sha256 } = migration
  try {
    await client.query('begin')
    await client.query(sql)
    const text = 'insert into schema_migrations (version, name, sha256) values ($1, $2, $3)'
    await client.query(text, [version, name, sha256])
    await client.query('commit')
  } catch (fault) {
    await client.query('rollback').catch(() => {})
    const { message, position } = fault as { message: string; position?: string }
    const line = position ? sql.slice(0, Number.parseInt(position, 10)).split('\n').length : null
    throw new StartFault(
      `The migration ${version} (${name}) failed${line ? ` at line ${line}` : ''} and changed ` +
        `nothing: ${message}.`,
    )
  }
}

async function holdLock(client: pg.Client): Promise<void> {
  await client.query(`set lock_timeout = ${LOCK_LIMIT_MS}`)
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK_KEY])
  } catch (fault) {
    if (codeOf(fault) !== '55P03') throw fault
    throw new StartFault('Another Florin is changing this database: try again when it has ended.')
  }
  await client.query('reset lock_timeout')
}

/** Brings a database to the schema of this code. Throws StartFault with what to do. */
export async function migrate(
  url: string,
  options: {
    readonly directory?: string
    readonly onProgress?: (progress: MigrationProgress) => void
  } = {},
): Promise<{ readonly version: number; readonly applied: number }> {
  const { directory = MIGRATIONS, onProgress = () => {} } = options
  const known = await readMigrations(directory)
  const client = await connect(url)
  try {
    await holdLock(client)
    await ensureRole(client)
    const applied = await readApplied(client)
    const fault = faultOf(applied, known)
    if (fault) throw new StartFault(fault)
    const last = applied.at(-1)?.version ?? 0
    const missing = known.filter((each) => each.version > last)
    for (const [done, migration] of missing.entries()) {
      await apply(client, migration)
      const { version, name } = migration
      onProgress({ version, name, done: done + 1, total: missing.length })
    }
    return { version: known.at(-1)?.version ?? 0, applied: missing.length }
  } finally {
    await client.end()
  }
}
