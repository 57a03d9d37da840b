import { type RefObject, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { copyText } from '../ui/copy.ts'
import { useKeys } from '../ui/keys.tsx'
import { notify } from '../ui/notices.tsx'

const ROW = '[data-id]'
const LINK = 'a[data-row]'

/** Walking the rows: j and k move the focus from link to link, so Enter opens and Tab goes on. */
export function useRowKeys(body: RefObject<HTMLElement | null>): void {
  const { t } = useTranslation('list')
  const keys = useMemo(
    () => ({
      j: { label: t('keys.next'), run: () => step(body.current, 1) },
      k: { label: t('keys.previous'), run: () => step(body.current, -1) },
      c: {
        label: t('keys.copyId'),
        run: () => {
          const id = focusedRow(body.current)?.dataset.id
          if (id !== undefined)
            void copyText(id).then(() => notify(t('table.copied', { text: id })))
        },
      },
    }),
    [t, body],
  )
  useKeys(keys)
}

function focusedRow(body: HTMLElement | null): HTMLElement | null {
  const row = document.activeElement?.closest<HTMLElement>(ROW) ?? null
  return body?.contains(row) ? row : null
}

function step(body: HTMLElement | null, by: 1 | -1): void {
  const links = [...(body?.querySelectorAll<HTMLElement>(LINK) ?? [])]
  const row = focusedRow(body)
  const at = row === null ? -1 : links.findIndex((link) => row.contains(link))
  const next = links[at < 0 ? 0 : Math.max(0, Math.min(links.length - 1, at + by))]
  next?.focus({ preventScroll: true })
  next?.scrollIntoView({ block: 'nearest' })
}
