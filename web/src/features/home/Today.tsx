import { useTranslation } from 'react-i18next'
import type { Home } from '../../api/wire.ts'
import { useLocale } from '../../i18n/language.ts'
import { formatMoney, isZero, tagOf } from '../../ui/amount.ts'
import { Card } from '../../ui/Card.tsx'
import { Money } from '../../ui/Money.tsx'
import classes from './HomePage.module.css'

type Props = { readonly today: Home['today'] }

/** Today so far, one tile for each currency: amounts of two currencies are never added. */
export function Today({ today }: Props) {
  const { t } = useTranslation('home')
  const locale = useLocale()
  return (
    <Card title={t('today')}>
      {today.amounts.length === 0 ? <p className="florin-muted">{t('noneToday')}</p> : null}
      <dl className={classes.tiles}>
        {today.amounts.map(({ currency, amount, refunded, count }) => (
          <div key={currency} className={classes.tile}>
            <dt>{t('received', { currency })}</dt>
            <dd className={classes.figure}>
              <Money of={amount} />
            </dd>
            <dd className={classes.small}>
              {t('payments', { count })}
              {isZero(refunded)
                ? ''
                : ` · ${t('refunded', { amount: formatMoney(refunded, locale) })}`}
            </dd>
          </div>
        ))}
        <Tries today={today} />
      </dl>
    </Card>
  )
}

function Tries({ today }: Props) {
  const { t } = useTranslation('home')
  const locale = useLocale()
  const ended = today.succeeded + today.failed
  const count = new Intl.NumberFormat(tagOf(locale))
  const rate = new Intl.NumberFormat(tagOf(locale), { style: 'percent', maximumFractionDigits: 1 })
  return (
    <>
      <div className={classes.tile}>
        <dt>{t('succeeded')}</dt>
        <dd className={classes.figure}>{count.format(today.succeeded)}</dd>
        <dd className={classes.small}>{t('lastWeek', { count: today.same_weekday_succeeded })}</dd>
      </div>
      <div className={classes.tile}>
        <dt>{t('failed')}</dt>
        <dd className={classes.figure}>{count.format(today.failed)}</dd>
      </div>
      <div className={classes.tile}>
        <dt>{t('rate')}</dt>
        <dd className={classes.figure}>
          {ended === 0 ? '–' : rate.format(today.succeeded / ended)}
        </dd>
      </div>
    </>
  )
}
