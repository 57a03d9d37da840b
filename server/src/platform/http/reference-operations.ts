import type { Schema } from './reference-schema.ts'

export type Parameter = {
  readonly name: string
  readonly in: string
  readonly required?: boolean
  readonly description?: string
  readonly schema?: Schema
}

type Content = Readonly<Record<string, { readonly schema?: Schema }>>

type RawOperation = {
  readonly operationId?: string
  readonly summary?: string
  readonly description?: string
  readonly tags?: readonly string[]
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content?: Content }
  readonly responses?: Readonly<Record<string, { description?: string; content?: Content }>>
  readonly security?: readonly object[]
  readonly 'x-permission'?: string
}

export type OpenApi = {
  readonly info?: { readonly title?: string; readonly version?: string; description?: string }
  readonly servers?: readonly { readonly url: string }[]
  readonly security?: readonly object[]
  readonly tags?: readonly { readonly name: string; readonly description?: string }[]
  readonly paths?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
}

/** A refusal as a route declares it: stable code, HTTP status, one sentence. */
export type Refusal = { readonly code: string; readonly status: string; readonly title: string }

export type Answer = {
  readonly status: string
  readonly type: string | null
  readonly schema: Schema | null
}

export type Operation = {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly tag: string
  readonly summary: string
  readonly text: string
  readonly permission: string | null
  readonly secured: boolean
  readonly parameters: readonly Parameter[]
  readonly body: Schema | null
  readonly answers: readonly Answer[]
  readonly refusals: readonly Refusal[]
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'] as const
const REFUSAL = /^`([a-z0-9_]+)` \((\d{3})\): (.+)$/
const SAID_ELSEWHERE = /^(Permission: `[^`]*`\.?|Refusals:)$/

/** A description carries its refusals as lines, so that any reader of openapi.json sees them. */
function readDescription(description: string): { text: string; refusals: Refusal[] } {
  const lines = description.split('\n')
  const refusals = lines.flatMap((line) => {
    const [, code, status, title] = REFUSAL.exec(line) ?? []
    return code && status && title ? [{ code, status, title }] : []
  })
  const rest = lines.filter((line) => !REFUSAL.test(line) && !SAID_ELSEWHERE.test(line.trim()))
  return { text: rest.join('\n').trim(), refusals }
}

const firstOf = (content: Content | undefined): Omit<Answer, 'status'> => {
  const [type, media] = Object.entries(content ?? {})[0] ?? []
  return { type: type ?? null, schema: media?.schema ?? null }
}

export const anchor = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')

function readOperation(
  method: string,
  path: string,
  raw: RawOperation,
  secured: boolean,
): Operation {
  const { text, refusals } = readDescription(raw.description ?? '')
  const answers = Object.entries(raw.responses ?? {}).filter(([status]) => status !== 'default')
  return {
    id: anchor(`${method} ${path}`),
    method,
    path,
    tag: raw.tags?.[0] ?? 'Other',
    summary: raw.summary ?? `${method.toUpperCase()} ${path}`,
    text,
    permission: raw['x-permission'] ?? null,
    secured: raw.security ? raw.security.length > 0 : secured,
    parameters: raw.parameters ?? [],
    body: firstOf(raw.requestBody?.content).schema,
    answers: answers.map(([status, { content }]) => ({ status, ...firstOf(content) })),
    refusals,
  }
}

/** Every operation, by resource, in the order in which the document names them. */
export function readOperations(document: OpenApi): ReadonlyMap<string, readonly Operation[]> {
  const secured = (document.security ?? []).length > 0
  const byTag = new Map<string, Operation[]>()
  for (const { name } of document.tags ?? []) byTag.set(name, [])
  for (const [path, item] of Object.entries(document.paths ?? {})) {
    for (const method of METHODS) {
      const raw = item[method] as RawOperation | undefined
      if (!raw) continue
      const operation = readOperation(method, path, raw, secured)
      byTag.set(operation.tag, [...(byTag.get(operation.tag) ?? []), operation])
    }
  }
  return new Map([...byTag].filter(([, operations]) => operations.length > 0))
}

/** The shape of every refusal: what operations answer by default. */
export function readProblem(document: OpenApi): Schema {
  const items = Object.values(document.paths ?? {}).flatMap((item) => Object.values(item))
  const answers = items.map((raw) => (raw as RawOperation).responses?.default)
  return firstOf(answers.find((answer) => answer?.content)?.content).schema ?? {}
}

/** Refusals that every operation may answer with: told once instead of everywhere. */
export function refusalsOfAll(operations: readonly Operation[]): readonly Refusal[] {
  const [first, ...others] = operations
  if (!first || others.length === 0) return []
  return first.refusals.filter(({ code }) =>
    others.every(({ refusals }) => refusals.some((each) => each.code === code)),
  )
}
