import { Link, useNavigate, useParams, useRouter, useRouterState } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, ReactNode } from 'react'
import { useCallback } from 'react'
import type { Path } from '../paths.ts'
import classes from './address.module.css'

type SearchValues = Readonly<Record<string, string>>
type SearchPatch = Readonly<Record<string, string | undefined>>

/** The address bar's query as plain strings, without the router's own JSON quoting. */
export const parseSearch = (text: string): SearchValues =>
  Object.fromEntries(new URLSearchParams(text))

/** Keeps the signs of the query language readable: `?q=status:failed,open+amount:>100`. */
export function stringifySearch(search: Record<string, unknown>): string {
  const kept = Object.entries(search).filter(
    ([, value]) => typeof value === 'string' && value !== '',
  )
  const text = new URLSearchParams(kept as [string, string][]).toString()
  return text === '' ? '' : `?${text.replaceAll('%3A', ':').replaceAll('%2C', ',')}`
}

function partsOf(path: Path): { to: string; search: SearchValues; hash: string } {
  const url = new URL(path, 'http://florin')
  return { to: url.pathname, search: parseSearch(url.search), hash: url.hash.slice(1) }
}

/** A link is the current page only to that very page; what marks it is the menu's business. */
const EXACTLY = { exact: true }
const EMPTY = {}

type GoProps = Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href' | 'target'> & {
  readonly to: Path
  readonly children: ReactNode
}

/** A link inside the back office: an ordinary anchor to the browser. */
export function Go({ to, children, className, ...rest }: GoProps) {
  return (
    <Link
      {...partsOf(to)}
      {...rest}
      className={className ?? classes.link}
      activeOptions={EXACTLY}
      activeProps={EMPTY}
    >
      {children}
    </Link>
  )
}

export function useGo(): (path: Path, options?: { replace?: boolean }) => void {
  const navigate = useNavigate()
  return useCallback(
    (path, options) => {
      void navigate({ ...partsOf(path), replace: options?.replace ?? false })
    },
    [navigate],
  )
}

/** The id in the page's address. */
export const useRouteId = (): string => useParams({ strict: false }).id ?? ''

/** The query of the address, and a way to change some of it; the rest stays. */
export function useSearch(): [
  SearchValues,
  (patch: SearchPatch, o?: { replace?: boolean }) => void,
] {
  const search = useRouterState({ select: (state) => state.location.search as SearchValues })
  const router = useRouter()
  const change = useCallback(
    (patch: SearchPatch, options?: { replace?: boolean }) => {
      const { pathname, search: current } = router.state.location
      void router.navigate({
        to: pathname,
        search: { ...current, ...patch },
        replace: options?.replace ?? false,
        resetScroll: false,
      })
    },
    [router],
  )
  return [search, change]
}
