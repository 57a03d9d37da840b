import { QueryClient, queryOptions } from '@tanstack/react-query'
import type { Reads } from './endpoints.ts'
import { ApiFault } from './fault.ts'
import { currentMode } from './mode.ts'
import { get, type Place } from './request.ts'

const STALE_MS = 5_000
const RETRIES_MAX = 2

/** Options for `useQuery`: `useQuery(read('/v1/payments/{id}', { id }))`. */
export function read<P extends keyof Reads>(template: P, place: Place = {}) {
  return queryOptions({
    queryKey: [currentMode(), template, place.id ?? null, place.query ?? null] as const,
    queryFn: ({ signal }) => get(template, place, signal),
  })
}

/** The front of the key, to invalidate every page and filter of one address. */
export const keyOf = (template: keyof Reads, id?: string): readonly string[] =>
  id === undefined ? [currentMode(), template] : [currentMode(), template, id]

const mayRetry = (fault: Error): boolean =>
  fault instanceof ApiFault && (fault.status === 0 || fault.status >= 500)

export const newQueryClient = (): QueryClient =>
  new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: STALE_MS,
        retry: (failed, fault) => failed < RETRIES_MAX && mayRetry(fault),
        refetchOnWindowFocus: true,
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
