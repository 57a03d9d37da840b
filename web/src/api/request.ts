import type { Reads, Writes } from './endpoints.ts'
import { ApiFault, clientFault } from './fault.ts'
import { currentMode } from './mode.ts'
import type { Problem } from './wire.ts'

const READ_TIMEOUT_MS = 30_000
const WRITE_TIMEOUT_MS = 60_000

export type QueryValues = Readonly<Record<string, string | number | undefined>>
export type Place = { readonly id?: string | undefined; readonly query?: QueryValues | undefined }

/** The address with its id filled in and its query appended; empty values are left out. */
export function addressOf(template: string, place: Place = {}): string {
  const address = template.replace('{id}', encodeURIComponent(place.id ?? ''))
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(place.query ?? {})) {
    if (value !== undefined && value !== '') query.set(name, String(value))
  }
  const text = query.toString()
  return text === '' ? address : `${address}?${text}`
}

/** 128 random bits in hex; `crypto.randomUUID` is missing on plain http in a local network. */
export function randomKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

export function get<P extends keyof Reads>(
  template: P,
  place?: Place,
  signal?: AbortSignal,
): Promise<Reads[P]> {
  const timeout = AbortSignal.timeout(READ_TIMEOUT_MS)
  return exchange(addressOf(template, place), {
    method: 'GET',
    headers: headers({}),
    signal: signal ? AbortSignal.any([signal, timeout]) : timeout,
  })
}

export type WriteArgs<W extends keyof Writes> = Place & {
  readonly body: Writes[W]['body']
  readonly key?: string
}

export function write<W extends keyof Writes>(
  endpoint: W,
  args: WriteArgs<W>,
): Promise<Writes[W]['answer']> {
  const space = endpoint.indexOf(' ')
  const sent: Record<string, string> = { 'Florin-Client': 'web' }
  if (args.body !== undefined) sent['Content-Type'] = 'application/json'
  if (args.key !== undefined) sent['Idempotency-Key'] = args.key
  return exchange(addressOf(endpoint.slice(space + 1), args), {
    method: endpoint.slice(0, space),
    headers: headers(sent),
    signal: AbortSignal.timeout(WRITE_TIMEOUT_MS),
    ...(args.body === undefined ? {} : { body: JSON.stringify(args.body) }),
  })
}

const headers = (more: Record<string, string>): Record<string, string> => ({
  Accept: 'application/json, application/problem+json',
  'Accept-Language': document.documentElement.lang || 'en',
  'Florin-Mode': currentMode(),
  ...more,
})

async function exchange<T>(address: string, init: RequestInit): Promise<T> {
  let response: Response
  try {
    response = await fetch(address, { ...init, credentials: 'same-origin' })
  } catch (fault) {
    if (fault instanceof DOMException && fault.name === 'AbortError') throw fault
    throw clientFault('offline', address, '')
  }
  if (response.status === 204) return undefined as T
  const request_id = response.headers.get('x-request-id') ?? ''
  const body = await bodyOf(response)
  if (response.ok && body !== undefined) return body as T
  if (isProblem(body)) throw new ApiFault(body, retryAfter(response))
  throw clientFault('bad_answer', address, request_id, response.ok ? 0 : response.status)
}

async function bodyOf(response: Response): Promise<unknown> {
  try {
    return await response.json()
  } catch {
    return undefined
  }
}

const isProblem = (body: unknown): body is Problem =>
  typeof body === 'object' &&
  body !== null &&
  typeof (body as Problem).code === 'string' &&
  typeof (body as Problem).status === 'number'

function retryAfter(response: Response): number | null {
  const text = response.headers.get('retry-after')
  return text !== null && /^\d{1,6}$/.test(text) ? Number(text) : null
}
