import { useRouter } from '@tanstack/react-router'
import { useCallback } from 'react'
import type { Mode } from '../api/wire.ts'
import { paths } from '../paths.ts'
import { navPageOf } from './pages.ts'

/** Goes to the same list in the other mode; from an object, to the list it was in. */
export function useEnterMode(): (mode: Mode) => void {
  const router = useRouter()
  return useCallback(
    (mode) => {
      const { pathname, search } = router.state.location
      const list = navPageOf(pathname)?.path ?? paths.home
      const kept = list === pathname ? { ...search, after: undefined, before: undefined } : {}
      void router.navigate({ to: list, search: { ...kept, mode } })
    },
    [router],
  )
}
