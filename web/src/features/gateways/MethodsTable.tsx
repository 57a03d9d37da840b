import { useTranslation } from 'react-i18next'
import type { PaymentMethod } from '../../api/wire.ts'
import { useSay } from '../../i18n/say.ts'
import { paths } from '../../paths.ts'
import { Go } from '../../ui/address.tsx'
import { type Column, SimpleTable } from '../../ui/SimpleTable.tsx'
import { Badge } from '../../ui/StatusBadge.tsx'

type Props = { readonly methods: readonly PaymentMethod[] }

/** What a payer can pick, in the order they see it. */
export function MethodsTable({ methods }: Props) {
  const { t } = useTranslation('gateways')
  const say = useSay()
  const columns: readonly Column<PaymentMethod>[] = [
    { key: 'name', label: t('columns.method'), cell: ({ name }) => name },
    { key: 'slug', label: t('columns.slug'), cell: ({ slug }) => <code>{slug}</code> },
    {
      key: 'gateway',
      label: t('columns.routes'),
      cell: ({ gateway, gateway_account_id: id }) => (
        <Go to={paths.gateway(id)}>{say('gateway', gateway)}</Go>
      ),
    },
    { key: 'description', label: t('columns.description'), cell: (row) => row.description || '–' },
    {
      key: 'currencies',
      label: t('columns.currencies'),
      cell: ({ currencies }) => currencies?.join(', ') ?? t('everyCurrency'),
    },
    { key: 'active', label: t('columns.active'), cell: (row) => <Active on={row.is_active} /> },
  ]
  const ordered = methods.toSorted((one, other) => one.position - other.position)
  return (
    <SimpleTable caption={t('methods')} columns={columns} rows={ordered} keyOf={({ id }) => id} />
  )
}

function Active({ on }: { readonly on: boolean }) {
  const { t } = useTranslation('gateways')
  return (
    <Badge look={on ? { shape: '●', tone: 'green' } : { shape: '✕', tone: 'grey' }}>
      {t(on ? 'on' : 'off')}
    </Badge>
  )
}
