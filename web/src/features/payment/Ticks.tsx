import { useTranslation } from 'react-i18next'
import type { Payment } from '../../api/wire.ts'
import { type TickState, ticksOf } from './facts.ts'
import classes from './Ticks.module.css'

const SIGNS = { done: '✓', part: '◐', no: '✕', waiting: '○' } as const satisfies Record<
  TickState,
  string
>

/** Four answers at a glance; each says its state in words too. */
export function Ticks({ payment }: { readonly payment: Payment }) {
  const { t } = useTranslation('payment')
  return (
    <ul className={classes.ticks} aria-label={t('ticks.label')}>
      {ticksOf(payment).map(({ name, state }) => (
        <li key={name} className={classes.tick} data-state={state}>
          <span aria-hidden className={classes.sign}>
            {SIGNS[state]}
          </span>
          {t(`ticks.${name}`)}
          <span className="florin-hidden">: {t(`ticks.${state}`)}</span>
        </li>
      ))}
    </ul>
  )
}
