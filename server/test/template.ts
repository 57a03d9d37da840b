import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { environment } from '#server/config.ts'
import { checkServer, migrate, startThrowaway } from '#server/platform/postgres/index.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The migrated database that `cloneDatabase` copies. */
    templateUrl: string
  }
}

export function withDatabase(url: string, database: string): string {
  const other = new URL(url)
  other.pathname = `/${database}`
  return other.href
}

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

async function makeTemplate(server: string): Promise<string> {
  await checkServer(server, { allowNonDurable: true })
  const name = `florin_template_${process.pid}`
  await onServer(server, `create database ${name}`)
  const url = withDatabase(server, name)
  await migrate(url)
  return url
}

/** One server for the whole run: a throwaway one, or the one in DATABASE_URL. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = environment().DATABASE_URL
  const throwaway = given ? null : await startThrowaway()
  const server = given ?? throwaway?.url ?? ''
  const end = async () => {
    const drop = `drop database if exists florin_template_${process.pid} with (force)`
    if (given) await onServer(server, drop)
    await throwaway?.stop()
  }
  try {
    project.provide('templateUrl', await makeTemplate(server))
    return end
  } catch (fault) {
    await end()
    throw fault
  }
}
