import { useTranslation } from 'react-i18next'
import { RowPage } from '../../list/RowPage.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { EventDetail } from './EventDetail.tsx'

export function GatewayEventPage() {
  const { t } = useTranslation('gatewayEvents')
  return (
    <RowPage
      template="/v1/gateway_events/{id}"
      title={(id) => t('page', { id })}
      heading={(row) => (
        <>
          <code>{row.type}</code>
          <StatusBadge kind="gatewayEvent" status={row.status} />
        </>
      )}
    >
      {(row, refetch) => <EventDetail event={row} onReplayed={refetch} />}
    </RowPage>
  )
}
