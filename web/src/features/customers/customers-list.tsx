import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { VOCABULARIES } from '#contract/query/index.ts'
import type { Customer } from '../../api/wire.ts'
import { CardBody } from '../../list/CardBody.tsx'
import type { Column, FilterField, ListDefinition } from '../../list/definition.ts'
import { paths } from '../../paths.ts'
import { shortId } from '../../ui/CopyId.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Time } from '../../ui/Time.tsx'

const SHOWN = ['name', 'email', 'label', 'payments_count', 'created_at'] as const

const FILTERS: readonly FilterField[] = [
  { kind: 'text', key: 'name' },
  { kind: 'text', key: 'email' },
  { kind: 'text', key: 'label' },
  { kind: 'dates', key: 'created' },
]

export function useCustomersList(): ListDefinition<Customer> {
  const { t } = useTranslation('customers')
  const columns = useCustomerColumns()
  return useMemo(
    () => ({
      name: 'customers',
      title: t('title'),
      template: '/v1/customers',
      vocabulary: VOCABULARIES.customers,
      columns,
      shown: SHOWN,
      sort: '-created',
      pathOf: ({ id }) => paths.customer(id),
      card: (row, link) => (
        <CardBody
          top={row.email ?? '–'}
          value={row.country ?? ''}
          title={link(nameOf(row))}
          lines={[<Time key="time" at={row.created_at} />, row.label ?? '']}
        />
      ),
      nameOf: ({ id }) => t('one', { id: shortId(id) }),
      count: (count) => t('count', { count }),
      searchLabel: t('search'),
      filters: FILTERS,
      empty: <EmptyState title={t('empty')} />,
      live: 'payment',
    }),
    [t, columns],
  )
}

const nameOf = ({ name, email, id }: Customer): string => name ?? email ?? shortId(id)

type Key = (typeof SHOWN)[number] | 'id' | 'country'

function useCustomerColumns(): readonly Column<Customer>[] {
  const { t } = useTranslation('customers')
  return useMemo(() => {
    const column = (
      key: Key,
      cell: Column<Customer>['cell'],
      more: Partial<Column<Customer>> = {},
    ): Column<Customer> => ({ key, title: t(`columns.${key}`), cell, ...more })
    return [
      column('name', nameOf, { wrap: true }),
      column('id', (row) => <code>{shortId(row.id)}</code>, { copy: (row) => row.id }),
      column('email', (row) => row.email ?? '–', { wrap: true }),
      column('label', (row) => row.label ?? '–', { wrap: true }),
      column('country', (row) => row.country ?? '–'),
      column('payments_count', (row) => t('number', { count: row.payments_count }), { end: true }),
      column('created_at', (row) => <Time at={row.created_at} />, { sort: 'created' }),
    ]
  }, [t])
}
