import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Clone, emptyDatabase } from '#test/database.ts'
import { checkServer, dumpSchema, migrate, openDatabase } from './index.ts'

let directory: string
let database: Clone
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'florin-migrations-'))
  database = await emptyDatabase()
})
afterEach(async () => {
  await rm(directory, { recursive: true })
  await database.drop()
})

const file = (name: string, sql: string) => writeFile(join(directory, name), sql)
const run = () => migrate(database.url, { directory })
const ask = async (text: string, url = database.url) => {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(text).finally(() => client.end())
  return rows
}

describe('migrate', () => {
  it('applies what is missing, in order, once, and says how far it is', async () => {
    await file('0001_one.sql', 'create table one (id int primary key);')
    await file('0003_three.sql', 'alter table one add column three text;')
    const seen: string[] = []
    const onProgress = (p: { name: string; done: number; total: number }) =>
      seen.push(`${p.name} ${p.done}/${p.total}`)
    const first = await migrate(database.url, { directory, onProgress })
    expect(first).toEqual({ version: 3, applied: 2 })
    expect(seen).toEqual(['one 1/2', 'three 2/2'])
    await file('0004_four.sql', 'insert into one values (1);')
    expect(await run()).toEqual({ version: 4, applied: 1 })
    expect(await run()).toEqual({ version: 4, applied: 0 })
    expect(await ask('select id from one')).toEqual([{ id: 1 }])
  })

  it('may be started several times at once', async () => {
    await file('0001_one.sql', 'create table one (id int); insert into one values (1);')
    const results = await Promise.all([run(), run(), run(), run()])
    expect(results.map(({ applied }) => applied).sort()).toEqual([0, 0, 0, 1])
    expect(await ask('select id from one')).toEqual([{ id: 1 }])
  })

  it('changes nothing when a file fails, and names its line', async () => {
    await file('0001_one.sql', 'create table one (id int);')
    await file('0002_two.sql', 'create table two (id int);\n\nselect nonsense;')
    await expect(run()).rejects.toThrow(/migration 2 \(two\) failed at line 3 and changed nothing/)
    expect(await ask(`select to_regclass('one')::text as one, to_regclass('two') as two`)).toEqual([
      { one: 'one', two: null },
    ])
  })

  it('refuses a file that was changed after it was applied', async () => {
    await file('0001_one.sql', 'create table one (id int);\n')
    await run()
    await file('0001_one.sql', 'create table one (id int);\r\n')
    expect(await run()).toEqual({ version: 1, applied: 0 })
    await file('0001_one.sql', 'create table one (id bigint);\n')
    await expect(run()).rejects.toThrow('migration 1 (one) differs')
  })

  it('refuses a schema newer than the code', async () => {
    await file('0001_one.sql', 'select 1')
    await file('0002_two.sql', 'select 1')
    await run()
    await rm(join(directory, '0002_two.sql'))
    await expect(run()).rejects.toThrow('made by a newer Florin (schema 2, this one knows 1)')
  })

  it('refuses a file slipped in below what is applied, and a file without a number', async () => {
    await file('0002_two.sql', 'select 1')
    await run()
    await file('0001_one.sql', 'select 1')
    await expect(run()).rejects.toThrow('(one) comes before 2')
    await file('three.sql', 'select 1')
    await expect(run()).rejects.toThrow('has no number of its own')
  })

  it('refuses the database of another program', async () => {
    await ask('create table schema_migrations (version varchar primary key)')
    await file('0001_one.sql', 'select 1')
    await expect(run()).rejects.toThrow('belongs to another program')
  })
})

describe('an ordinary database user', () => {
  const asUser = (user: string) => {
    const url = new URL(database.url)
    url.username = user
    return url.href
  }
  const name = () => `user_${new URL(database.url).pathname.slice(13)}`

  it('owns the database and may use the role: the application runs as florin_app', async () => {
    await file('0001_one.sql', 'create table one (id int); grant select on one to florin_app;')
    await ask(`create role ${name()} login createrole`)
    await ask(`grant florin_app to ${name()} with set true, inherit false`)
    await ask(`alter database ${new URL(database.url).pathname.slice(1)} owner to ${name()}`)
    await migrate(asUser(name()), { directory })
    const db = openDatabase({ url: asUser(name()), poolSize: 1 })
    const [row] = await db.query({ text: 'select current_user::text, (select count(*) from one)' })
    expect(row).toEqual({ current_user: 'florin_app', count: 0n })
    await expect(db.query({ text: 'insert into one values (1)' })).rejects.toThrow('denied')
    await db.close()
  })

  it('is told what to ask for when it may not use the role', async () => {
    await ask(`create role ${name()} login`)
    await expect(migrate(asUser(name()), { directory })).rejects.toThrow(
      `"create role florin_app nologin" and "grant florin_app to ${name()}"`,
    )
  })

  it('is told when it may not make tables', async () => {
    await ask(`create role ${name()} login`)
    await ask(`grant florin_app to ${name()}`)
    await expect(migrate(asUser(name()), { directory })).rejects.toThrow('owner of the database')
  })
})

it('checkServer refuses a server that could lose a payment', async () => {
  const text = `select string_agg(name, ', ' order by name) as names from pg_settings
    where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off'`
  const [found] = await ask(text)
  if (found?.names === null) return await checkServer(database.url)
  await expect(checkServer(database.url)).rejects.toThrow(`turn on ${found?.names}`)
  await checkServer(database.url, { allowNonDurable: true })
})

it('dumpSchema gives the same text for the same schema, however it came about', async () => {
  const other = await emptyDatabase()
  await ask('create role florin_app nologin').catch(() => [])
  const parts = [
    `create type colour as enum ('red', 'blue')`,
    'create domain few as int check (value < 9)',
    `create table b (id bigint generated always as identity primary key, c few not null default 3)`,
    `create table a (id bigint references b, k colour, t text collate "C", unique (t, id))`,
    'create index on a (k) where k is not null',
    'create view v as select id from a',
    `create function f(x int) returns int language sql as 'select x'`,
    'grant select, insert on a to florin_app',
    'grant update (t) on a to florin_app',
  ]
  await ask(parts.join(';'))
  await ask([...parts.slice(0, 4), ...parts.slice(4).reverse()].join(';'), other.url)
  const dump = await dumpSchema(database.url)
  expect(dump).toBe(await dumpSchema(other.url))
  for (const line of [
    `create type colour as enum ('red', 'blue');`,
    'create domain few as integer constraint few_check CHECK ((VALUE < 9));',
    '  id bigint not null generated always as identity,',
    '  c few not null default 3,',
    '  constraint a_t_id_key UNIQUE (t, id)',
    'grant insert, select on table a to florin_app;',
    'grant update on column a.t to florin_app;',
    'grant execute on function f(integer) to public;',
  ]) {
    expect(dump).toContain(line)
  }
  await ask('revoke insert on a from florin_app')
  expect(await dumpSchema(database.url)).not.toBe(dump)
  await other.drop()
})
