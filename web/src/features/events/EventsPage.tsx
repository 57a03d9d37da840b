import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { Event } from '../../api/wire.ts'
import { useSay } from '../../i18n/say.ts'
import { CardBody } from '../../list/CardBody.tsx'
import type { Column, ListDefinition } from '../../list/definition.ts'
import { ListPage } from '../../list/ListPage.tsx'
import { paths } from '../../paths.ts'
import { shortId } from '../../ui/CopyId.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Time } from '../../ui/Time.tsx'
import { ObjectLink } from './ObjectLink.tsx'

const SHOWN = ['created_at', 'what', 'type', 'object_id', 'object_version', 'id'] as const

/** Every fact Florin announces, in the order it happened. */
export function EventsPage() {
  return <ListPage list={useEventsList()} />
}

function useEventsList(): ListDefinition<Event> {
  const { t } = useTranslation('events')
  const say = useSay()
  const columns = useEventColumns()
  return useMemo(
    () => ({
      name: 'events',
      title: t('title'),
      template: '/v1/events',
      vocabulary: null,
      columns,
      shown: SHOWN,
      sort: '-created',
      pathOf: ({ id }) => paths.event(id),
      card: (row, link) => (
        <CardBody
          top={<code>{row.type}</code>}
          value=""
          title={link(say('timeline', row.type))}
          lines={[
            <Time key="time" at={row.created_at} />,
            <ObjectLink key="object" id={row.object_id} />,
          ]}
        />
      ),
      nameOf: ({ id }) => t('one', { id: shortId(id) }),
      count: (count) => t('count', { count }),
      filters: [],
      empty: <EmptyState title={t('empty')} />,
      live: 'payment',
    }),
    [t, say, columns],
  )
}

function useEventColumns(): readonly Column<Event>[] {
  const { t } = useTranslation('events')
  const say = useSay()
  return useMemo(() => {
    const column = (
      key: (typeof SHOWN)[number],
      cell: Column<Event>['cell'],
      more: Partial<Column<Event>> = {},
    ): Column<Event> => ({ key, title: t(`columns.${key}`), cell, ...more })
    return [
      column('created_at', (row) => <Time at={row.created_at} />, { sort: 'created' }),
      column('what', (row) => say('timeline', row.type)),
      column('type', (row) => <code>{row.type}</code>),
      column('object_id', (row) => <ObjectLink id={row.object_id} />),
      column('object_version', (row) => row.object_version, { end: true }),
      column('id', (row) => <code>{shortId(row.id)}</code>, { copy: (row) => row.id }),
    ]
  }, [t, say])
}
