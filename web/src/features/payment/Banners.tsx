import { Button } from '@mantine/core'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Payment } from '../../api/wire.ts'
import { useLocale } from '../../i18n/language.ts'
import { useSay } from '../../i18n/say.ts'
import { formatMoney } from '../../ui/amount.ts'
import { useMe } from '../../ui/session.tsx'
import classes from './Banners.module.css'
import {
  type ActionName,
  actionState,
  type BannerName,
  bannersOf,
  excessOf,
  missingOf,
} from './facts.ts'

type Props = { readonly payment: Payment; readonly onAct: (action: ActionName) => void }

/** What each banner offers to do about it. */
const OFFERS: Readonly<Record<BannerName, readonly ActionName[]>> = {
  unknown: ['sync'],
  partial: ['mark_paid', 'refund'],
  overpaid: ['refund'],
  failed: [],
  awaitingGateway: ['sync'],
  late: [],
  disputed: [],
}

const TONES: Readonly<Record<BannerName, string>> = {
  unknown: 'amber',
  partial: 'amber',
  overpaid: 'amber',
  failed: 'red',
  awaitingGateway: 'violet',
  late: 'blue',
  disputed: 'red',
}

/** The page explains itself: what is unusual about this payment opens here without being asked. */
export function Banners({ payment, onAct }: Props) {
  return bannersOf(payment).map((name) => (
    <Banner key={name} name={name} payment={payment} onAct={onAct} />
  ))
}

function Banner({ name, payment, onAct }: Props & { readonly name: BannerName }) {
  const { t } = useTranslation('payment')
  const { permissions } = useMe()
  const id = useId()
  const offers = OFFERS[name].filter((one) => actionState(payment, one, permissions).allowed)
  return (
    <section className={classes.banner} data-tone={TONES[name]} aria-labelledby={id}>
      <div>
        <h2 id={id} className={classes.title}>
          {t(`banners.${name}.title`)}
        </h2>
        <Explanation name={name} payment={payment} />
      </div>
      {offers.length === 0 ? null : (
        <div className={classes.offers}>
          {offers.map((action) => (
            <Button key={action} variant="default" size="xs" onClick={() => onAct(action)}>
              {name === 'overpaid' ? t('banners.overpaid.refund') : t(`actions.${action}`)}
            </Button>
          ))}
        </div>
      )}
    </section>
  )
}

function Explanation({ name, payment }: { name: BannerName; payment: Payment }): ReactNode {
  const { t } = useTranslation('payment')
  const locale = useLocale()
  if (name === 'failed') return <Failure payment={payment} />
  const values = {
    received: formatMoney(payment.captured_amount, locale),
    amount: formatMoney(payment.amount, locale),
    missing: formatMoney(missingOf(payment), locale),
    excess: formatMoney(excessOf(payment), locale),
  }
  return <p>{t(`banners.${name}.text`, values)}</p>
}

function Failure({ payment }: { readonly payment: Payment }) {
  const { t } = useTranslation('payment')
  const say = useSay()
  const reason = payment.reason ?? 'other'
  return (
    <>
      <p>
        <strong>{say('reason', reason)}.</strong> {say('reasonAdvice', reason)}
      </p>
      {payment.message ? (
        <p className="florin-muted">{t('banners.failed.message', { text: payment.message })}</p>
      ) : null}
    </>
  )
}
