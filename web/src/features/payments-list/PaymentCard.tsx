import type { ReactNode } from 'react'
import type { Payment } from '../../api/wire.ts'
import { CardBody } from '../../list/CardBody.tsx'
import { shortId } from '../../ui/CopyId.tsx'
import { Money } from '../../ui/Money.tsx'
import { StatusBadge } from '../../ui/StatusBadge.tsx'
import { Time } from '../../ui/Time.tsx'
import { Payer } from './Payer.tsx'

type Props = {
  readonly payment: Payment
  readonly link: (children: ReactNode) => ReactNode
}

export function PaymentCard({ payment, link }: Props) {
  const { id, status, flags, amount, created_at, reference } = payment
  return (
    <CardBody
      top={<StatusBadge kind="payment" status={status} flags={flags} />}
      value={<Money of={amount} strong />}
      title={link(<Payer payment={payment} />)}
      lines={[
        <Time key="time" at={created_at} />,
        reference ?? <code key="id">{shortId(id)}</code>,
      ]}
    />
  )
}
