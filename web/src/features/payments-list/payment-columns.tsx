import { useMemo } from 'react'
import { PAYMENT_COLUMNS, type PaymentColumn } from '#contract/columns.ts'
import type { Payment } from '../../api/wire.ts'
import { useLocale } from '../../i18n/language.ts'
import { type Say, useSay } from '../../i18n/say.ts'
import type { Column } from '../../list/definition.ts'
import { paths } from '../../paths.ts'
import { Go } from '../../ui/address.tsx'
import { shortId } from '../../ui/CopyId.tsx'
import { Money } from '../../ui/Money.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { Time } from '../../ui/Time.tsx'
import { Payer } from './Payer.tsx'

type Cell = Omit<Column<Payment>, 'key' | 'title'>

const Dash = () => <span className="florin-muted">–</span>
const text = (value: string | null) => value ?? <Dash />

/** Each column under the API's own field name, in the order the chooser offers them. */
const cells = (say: Say) =>
  ({
    created_at: { sort: 'created', cell: (row) => <Time at={row.created_at} /> },
    id: { cell: (row) => <code>{shortId(row.id)}</code>, copy: (row) => row.id },
    session_id: {
      cell: (row) => (row.session_id === null ? <Dash /> : <code>{shortId(row.session_id)}</code>),
      copy: (row) => row.session_id,
    },
    customer: { wrap: true, cell: (row) => <Payer payment={row} /> },
    payer_name: { wrap: true, cell: (row) => text(row.payer_name) },
    payer_email: { wrap: true, cell: (row) => text(row.payer_email) },
    reference: { wrap: true, cell: (row) => text(row.reference) },
    description: { wrap: true, cell: (row) => text(row.description) },
    amount: { end: true, sort: 'amount', cell: (row) => <Money of={row.amount} /> },
    currency: { cell: (row) => row.amount.currency },
    captured_amount: { end: true, cell: (row) => <Money of={row.captured_amount} /> },
    refunded_amount: { end: true, cell: (row) => <Money of={row.refunded_amount} /> },
    fee_amount: { end: true, cell: (row) => <Money of={row.fee_amount} /> },
    net_amount: { end: true, cell: (row) => <Money of={row.net_amount} /> },
    credited_amount: { end: true, cell: (row) => <Money of={row.credited_amount} /> },
    gateway: { cell: (row) => text(say('gateway', row.gateway) || null) },
    method: { cell: (row) => text(say('method', row.method) || null) },
    status: {
      cell: (row) => <StatusBadge kind="payment" status={row.status} flags={row.flags} />,
    },
    reason: { wrap: true, cell: (row) => text(say('reason', row.reason) || null) },
    gateway_ref: {
      cell: (row) => (row.gateway_ref === null ? <Dash /> : <code>{row.gateway_ref}</code>),
      copy: (row) => row.gateway_ref,
    },
    card: { cell: (row) => text(row.card && `${row.card.brand} ···· ${row.card.last4}`) },
    country: { cell: (row) => text(row.country) },
    purpose: { cell: (row) => say('purpose', row.purpose) },
    source: { cell: (row) => say('source', row.source) },
    shop: { wrap: true, cell: (row) => text(row.shop?.name ?? null) },
    created_by: {
      wrap: true,
      cell: ({ created_by: { name, kind } }) => name ?? say('actor', kind),
    },
    link_id: {
      cell: ({ link_id: id }) =>
        id === null ? <Dash /> : <Go to={paths.link(id)}>{shortId(id)}</Go>,
    },
    updated_at: { sort: 'updated', cell: (row) => <Time at={row.updated_at} /> },
    processed_at: { cell: (row) => <Time at={row.processed_at} relative={false} /> },
    expires_at: { cell: (row) => <Time at={row.expires_at} relative={false} /> },
    mode: { cell: (row) => say('mode', row.mode) },
  }) satisfies Readonly<Record<PaymentColumn, Cell>>

export function usePaymentColumns(): readonly Column<Payment>[] {
  const locale = useLocale()
  const say = useSay()
  return useMemo(
    () =>
      Object.entries(cells(say)).map(([key, cell]) => ({
        ...cell,
        key,
        title: PAYMENT_COLUMNS[key as PaymentColumn][locale],
      })),
    [locale, say],
  )
}
