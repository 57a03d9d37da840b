import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import type { Reads } from '../api/endpoints.ts'
import { read } from '../api/read.ts'
import { useLive } from '../live/live.tsx'
import { useRouteId } from '../ui/address.tsx'
import { shortId } from '../ui/CopyId.tsx'
import { ErrorState } from '../ui/faults.tsx'
import { Page } from '../ui/Page.tsx'
import { SkeletonRows } from '../ui/Skeleton.tsx'

type WithId = { [P in keyof Reads]: P extends `${string}/{id}` ? P : never }[keyof Reads]

type Props<P extends WithId> = {
  readonly template: P
  /** `Refund rfd_…x7y2za` */
  readonly title: (shortId: string) => string
  readonly heading?: (row: Reads[P]) => ReactNode
  readonly actions?: (row: Reads[P], refetch: () => void) => ReactNode
  readonly children: (row: Reads[P], refetch: () => void) => ReactNode
}

/** The page of one object: its heading at once, its content when it is there. */
export function RowPage<P extends WithId>(props: Props<P>) {
  const id = useRouteId()
  const { data, error, refetch } = useQuery(read(props.template, { id }))
  const again = () => void refetch()
  useLive((event) => {
    if (event.type === 'resync' || (event.type === 'payment' && isOf(data, event.payment_id)))
      again()
  })
  const title = props.title(shortId(id))
  if (data === undefined) {
    return (
      <Page title={title}>
        {error === null ? (
          <SkeletonRows columns={2} />
        ) : (
          <ErrorState fault={error} onRetry={again} />
        )}
      </Page>
    )
  }
  const row = data as Reads[P]
  return (
    <Page title={title} heading={props.heading?.(row)} actions={props.actions?.(row, again)}>
      {error === null ? null : <ErrorState fault={error} onRetry={again} />}
      {props.children(row, again)}
    </Page>
  )
}

/** Whether a live event is about the payment an object belongs to. */
const isOf = (row: unknown, payment_id: string): boolean =>
  typeof row === 'object' && row !== null && 'payment_id' in row && row.payment_id === payment_id
