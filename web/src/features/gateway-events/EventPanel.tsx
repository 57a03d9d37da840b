import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { read } from '../../api/read.ts'
import { paths } from '../../paths.ts'
import { Go } from '../../ui/address.tsx'
import { shortId } from '../../ui/CopyId.tsx'
import { SidePanel } from '../../ui/Dialog.tsx'
import { ErrorState } from '../../ui/faults.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { EventDetail } from './EventDetail.tsx'

type Props = { readonly id: string; readonly onClose: () => void }

/** One event beside the list, so that a row of them can be gone through. */
export function EventPanel({ id, onClose }: Props) {
  const { t } = useTranslation('gatewayEvents')
  const { data, error, refetch } = useQuery(read('/v1/gateway_events/{id}', { id }))
  return (
    <SidePanel opened onClose={onClose} title={t('page', { id: shortId(id) })}>
      <Go to={paths.gatewayEvent(id)}>{t('ownPage')}</Go>
      {error !== null ? (
        <ErrorState fault={error} onRetry={() => void refetch()} />
      ) : data === undefined ? (
        <SkeletonRows columns={2} />
      ) : (
        <EventDetail event={data} onReplayed={() => void refetch()} />
      )}
    </SidePanel>
  )
}
