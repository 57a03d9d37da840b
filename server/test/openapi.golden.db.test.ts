import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PERMISSIONS } from '#contract/permissions.ts'
import { environment } from '#server/config.ts'
import { openFlorin, type TestFlorin } from './florin.ts'

type Schema = Readonly<Record<string, unknown>>
type Operation = {
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly security?: readonly unknown[]
  readonly parameters?: readonly { name: string; in: string; required?: boolean; schema: Schema }[]
  readonly requestBody?: { content: Readonly<Record<string, { schema: Schema }>> }
  readonly responses: Readonly<Record<string, { content?: Schema }>>
  readonly 'x-permission'?: string
}
type Spec = {
  readonly openapi: string
  readonly info: Readonly<Record<string, unknown>>
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
}

const GOLDEN = resolve(import.meta.dirname, '../../contract/openapi.json')

let at: TestFlorin
let spec: Spec
let operations: [string, Operation][]
beforeAll(async () => {
  at = await openFlorin()
  const answer = await fetch(`${at.origin}/openapi.json`)
  expect(answer.headers.get('content-type')).toBe('application/json; charset=utf-8')
  spec = (await answer.json()) as Spec
  operations = Object.entries(spec.paths).flatMap(([path, of]) =>
    Object.entries(of).map(([method, one]): [string, Operation] => [
      `${method.toUpperCase()} ${path}`,
      one,
    ]),
  )
})
afterAll(async () => {
  expect(await at.audit()).toEqual([])
  await at.close()
})

/** Every `$ref` in a value. */
const refsIn = (value: unknown): string[] => {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, inner]) =>
    name === '$ref' && typeof inner === 'string' ? [inner] : refsIn(inner),
  )
}

describe('/openapi.json', () => {
  it('is contract/openapi.json (UPDATE_GOLDEN=1 rewrites it)', async () => {
    const shown = { ...spec, info: { ...spec.info, version: 'unreleased' } }
    const found = `${JSON.stringify(shown, null, 2)}\n`
    if (environment().UPDATE_GOLDEN) await writeFile(GOLDEN, found)
    expect(found).toBe(await readFile(GOLDEN, 'utf8'))
  })

  it('is OpenAPI 3.1 about our API only, and every reference leads somewhere', () => {
    expect(spec.openapi).toBe('3.1.0')
    expect(spec.info).toMatchObject({ title: 'Florin API', license: { identifier: 'Apache-2.0' } })
    expect(operations.length).toBeGreaterThan(50)
    for (const path of Object.keys(spec.paths)) expect(path).toMatch(/^\/v1\/[a-z_/{}]+$/)
    const known = new Set(Object.keys(spec.components.schemas).map((name) => refOf(name)))
    for (const ref of refsIn(spec)) expect(known).toContain(ref)
  })

  it('tells of each operation what it needs, takes, answers and refuses', () => {
    for (const [name, one] of operations) {
      expect([name, one.summary]).toEqual([name, expect.stringMatching(/^[A-Z].*[^.]$/)])
      expect([name, one.tags?.length]).toEqual([name, 1])
      const named = [...(name.match(/\{\w+\}/g) ?? [])].map((each) => each.slice(1, -1))
      const declared = one.parameters?.filter((each) => each.in === 'path') ?? []
      expect([name, declared.map((each) => each.name)]).toEqual([name, named])
      const success = Object.keys(one.responses).filter((status) => /^2\d\d$/.test(status))
      if (name !== 'POST /v1/sign_out') {
        expect([name, success.length > 0]).toEqual([name, true])
        expect([name, refsIn(one.responses.default)]).toEqual([name, [refOf('Problem')]])
      }
    }
  })

  it('names one known permission for every operation that is not a sign-in', () => {
    const known: readonly string[] = [...PERMISSIONS, 'signed_in']
    for (const [name, one] of operations) {
      if (name.includes('/v1/sign_')) {
        expect([name, one.security]).toEqual([name, []])
        continue
      }
      const permission = one['x-permission'] ?? ''
      expect([name, known.includes(permission)]).toEqual([name, true])
      expect(one.description).toContain(`Permission: \`${permission}\``)
    }
    const used = new Set(operations.map(([, one]) => one['x-permission']))
    expect(PERMISSIONS.filter((permission) => !used.has(permission))).toEqual([])
  })

  it('asks for an Idempotency-Key wherever money is asked for, moved or given back', () => {
    const keyed = operations.flatMap(([name, one]) =>
      one.parameters?.some((each) => each.name === 'idempotency-key' && each.required)
        ? [name]
        : [],
    )
    expect(keyed.sort()).toEqual([
      'POST /v1/checkout_sessions',
      'POST /v1/links',
      'POST /v1/payments',
      'POST /v1/payments/{id}/cancel',
      'POST /v1/payments/{id}/charges',
      'POST /v1/payments/{id}/mark_paid',
      'POST /v1/payments/{id}/refunds',
    ])
  })

  it('lets no body carry a field that is not described', () => {
    const resolveRef = (schema: Schema): Schema => {
      const name = typeof schema.$ref === 'string' ? schema.$ref.split('/').at(-1) : undefined
      return name ? (spec.components.schemas[name] ?? {}) : schema
    }
    for (const [name, one] of operations) {
      const schema = one.requestBody?.content['application/json']?.schema
      if (!schema) continue
      expect([name, resolveRef(schema).additionalProperties]).toEqual([name, false])
    }
  })
})

describe('/docs/api', () => {
  it('shows every operation, from our own files only', async () => {
    const answer = await fetch(`${at.origin}/docs/api`)
    const page = await answer.text()
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    for (const [name, one] of operations) {
      const [, path = ''] = name.split(' ')
      expect([name, page.includes(path)]).toEqual([name, true])
      expect([name, page.includes(one.summary ?? '')]).toEqual([name, true])
    }
    expect(/<script|(src|href)="(https?:)?\/\//.exec(page)?.[0]).toBe(undefined)
    expect((await fetch(`${at.origin}/docs/api.css`)).headers.get('content-type')).toMatch(/css/)
  })

  it('has a place for every refusal that names it', async () => {
    const page = await (await fetch(`${at.origin}/docs/api`)).text()
    const refused = await at.api.post<{ type: string }>('/v1/payments', {})
    const anchor = refused.body.type.split('#')[1]
    expect([anchor, page.includes(`id="${anchor}"`)]).toEqual([anchor, true])
  })
})

const refOf = (name: string): string => `#/components/schemas/${name}`
