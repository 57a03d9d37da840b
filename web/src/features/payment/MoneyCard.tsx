import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Payment } from '../../api/wire.ts'
import { Card } from '../../ui/Card.tsx'
import { Money } from '../../ui/Money.tsx'
import classes from './Cards.module.css'
import { moneyLines } from './facts.ts'

/** A sum that adds up, and under it the amounts that are not part of the sum. */
export function MoneyCard({ payment }: { readonly payment: Payment }) {
  const { t } = useTranslation('payment')
  return (
    <Card title={t('money.title')}>
      <table className={classes.sum}>
        <caption className="florin-hidden">{t('money.caption')}</caption>
        <tbody>
          {moneyLines(payment).map(({ name, amount }) => (
            <Line key={name} name={t(`money.${name}`)} isTotal={name === 'net'}>
              <Money of={amount} />
            </Line>
          ))}
        </tbody>
      </table>
      <table className={`${classes.sum} ${classes.beside}`}>
        <caption className="florin-hidden">{t('money.beside')}</caption>
        <tbody>
          <Line name={t('money.asked')}>
            <Money of={payment.amount} />
          </Line>
          {payment.credited_amount === null ? null : (
            <Line name={t('money.credited')}>
              <Money of={payment.credited_amount} />
            </Line>
          )}
          <Line name={t('money.refundable')}>
            <Money of={payment.refundable_amount} />
          </Line>
        </tbody>
      </table>
    </Card>
  )
}

type LineProps = {
  readonly name: string
  readonly isTotal?: boolean
  readonly children: ReactNode
}

function Line({ name, isTotal = false, children }: LineProps) {
  return (
    <tr data-total={isTotal || undefined}>
      <th scope="row">{name}</th>
      <td>{children}</td>
    </tr>
  )
}
