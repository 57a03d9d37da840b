import { useEffect, useRef } from 'react'
import { useLive } from '../live/live.tsx'
import type { ListDefinition, Row } from './definition.ts'

/** The first event is followed at once; a flood of them, this often. */
const FIRST_MS = 250
const AGAIN_MS = 2_000

export type Follow = {
  readonly live: ListDefinition<Row>['live']
  /** Names the page that is followed: another key forgets what the last one heard. */
  readonly key: string
  /** Looks again; the ids are those that events named. */
  readonly look: (changed: ReadonlySet<string>) => Promise<void>
  /** The page was hidden while something happened, and is visible again. */
  readonly onReturn: () => void
}

/** Follows live events: soon after the first, never twice at once, not oftener than every 2 s. */
export function useFollow({ live, key, look, onReturn }: Follow): void {
  const newest = useRef({ look, onReturn })
  const follower = useRef<Follower | null>(null)
  useEffect(() => {
    newest.current = { look, onReturn }
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another key is another page to follow
  useEffect(() => {
    const made = newFollower((changed) => newest.current.look(changed))
    follower.current = made
    const returned = () => {
      if (!document.hidden && made.forget()) newest.current.onReturn()
    }
    document.addEventListener('visibilitychange', returned)
    return () => {
      document.removeEventListener('visibilitychange', returned)
      made.stop()
    }
  }, [key])
  useLive((event) => {
    if (live === null || (event.type !== live && event.type !== 'resync')) return
    if (event.type === 'payment') follower.current?.hear(event.payment_id)
    else follower.current?.hear(event.type === 'export' ? event.id : null)
  })
}

type Follower = {
  readonly hear: (id: string | null) => void
  /** Whether there was something to look at; it is then forgotten. */
  readonly forget: () => boolean
  readonly stop: () => void
}

function newFollower(look: (changed: ReadonlySet<string>) => Promise<void>): Follower {
  let ids = new Set<string>()
  let heard = false
  let timer: ReturnType<typeof setTimeout> | undefined
  let last = Number.NEGATIVE_INFINITY
  let stopped = false

  const take = (): ReadonlySet<string> => {
    const taken = ids
    ids = new Set()
    heard = false
    return taken
  }
  const schedule = () => {
    if (stopped || timer !== undefined || document.hidden) return
    timer = setTimeout(run, Math.max(FIRST_MS, last + AGAIN_MS - performance.now()))
  }
  const run = async () => {
    // A look that fails is made up for by the next event, or by the reader's own refresh.
    await look(take()).catch(() => undefined)
    last = performance.now()
    timer = undefined
    if (heard) schedule()
  }
  return {
    hear: (id) => {
      heard = true
      if (id !== null) ids.add(id)
      schedule()
    },
    forget: () => {
      const had = heard
      take()
      return had
    },
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}
