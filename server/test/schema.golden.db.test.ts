import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { expect, inject, it } from 'vitest'
import { environment } from '#server/config.ts'
import { dumpSchema } from '#server/platform/postgres/index.ts'

const GOLDEN = resolve(import.meta.dirname, '../schema.sql')

it('server/schema.sql shows what the migrations make (UPDATE_GOLDEN=1 rewrites it)', async () => {
  const found = await dumpSchema(inject('templateUrl'))
  if (environment().UPDATE_GOLDEN) await writeFile(GOLDEN, found)
  expect(found).toBe(await readFile(GOLDEN, 'utf8'))
})
