import { useTranslation } from 'react-i18next'
import { ListPage } from '../../list/ListPage.tsx'
import { Views } from '../../list/Views.tsx'
import { paths } from '../../paths.ts'
import { EventPanel } from './EventPanel.tsx'
import { EVENT_VIEWS } from './event-views.ts'
import { useGatewayEventsList } from './gateway-events-list.tsx'

/** Every notice a gateway sent, kept as it came, with what Florin made of it. */
export function GatewayEventsPage() {
  const { t } = useTranslation('gatewayEvents')
  const tabs = Object.entries(EVENT_VIEWS).map(([key, q]) => ({
    key,
    q,
    label: t(`tabs.${key as keyof typeof EVENT_VIEWS}`),
  }))
  return (
    <ListPage
      list={useGatewayEventsList()}
      views={(view) => <Views tabs={tabs} at={paths.gatewayEvents} view={view} />}
      panel={(id, onClose) => <EventPanel id={id} onClose={onClose} />}
    />
  )
}
