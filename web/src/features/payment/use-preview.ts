import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { ApiFault } from '../../api/fault.ts'
import { currentMode } from '../../api/mode.ts'
import { randomKey } from '../../api/request.ts'
import type { EffectPreview } from '../../api/wire.ts'

const TYPING_MS = 300

export type Preview = { readonly effect: EffectPreview | null; readonly fault: ApiFault | null }

/**
 * What an action would do, asked of the server whenever the body changes and the typing rests.
 * Null as body: not enough is filled in to ask.
 */
export function usePreview<Body>(
  name: string,
  body: Body | null,
  ask: (body: Body, key: string) => Promise<unknown>,
): Preview {
  const asked = useRested(body === null ? null : JSON.stringify(body))
  const { data, error } = useQuery({
    queryKey: [currentMode(), 'preview', name, asked],
    queryFn: () => ask(JSON.parse(asked ?? '') as Body, randomKey()),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 0,
  })
  return {
    effect: asked !== null && isEffect(data) ? data : null,
    fault: error instanceof ApiFault ? error : null,
  }
}

const isEffect = (data: unknown): data is EffectPreview =>
  typeof data === 'object' && data !== null && 'object' in data && data.object === 'effect_preview'

function useRested(value: string | null): string | null {
  const [rested, setRested] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setRested(value), TYPING_MS)
    return () => clearTimeout(timer)
  }, [value])
  return value === null ? null : rested
}
