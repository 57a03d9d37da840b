import { queryOptions, useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { currentMode } from '../api/mode.ts'
import { get } from '../api/request.ts'
import type { Me, Mode } from '../api/wire.ts'

const ME_STALE_MS = 300_000

/** Who is signed in; the same in both modes. */
export const meQuery = queryOptions({
  queryKey: ['me'] as const,
  queryFn: ({ signal }) => get('/v1/me', {}, signal),
  staleTime: ME_STALE_MS,
})

/** The signed-in person. Every page under the frame has one: the frame's route waited for it. */
export function useMe(): Me {
  const { data } = useQuery(meQuery)
  if (data === undefined) throw new Error('useMe is for pages inside the frame.')
  return data
}

export const useCan = (permission: string): boolean => useMe().permissions.includes(permission)

export const useTimeZone = (): string => useQuery(meQuery).data?.merchant.time_zone ?? 'UTC'

/** The mode of the address; a change of it draws every page anew. */
export function useMode(): Mode {
  useSearch({ strict: false })
  return currentMode()
}
