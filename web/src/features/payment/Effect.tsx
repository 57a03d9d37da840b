import { useTranslation } from 'react-i18next'
import { useSay } from '../../i18n/say.ts'
import { ProblemAlert } from '../../ui/faults.tsx'
import { Money } from '../../ui/Money.tsx'
import { Badge } from '../../ui/StatusBadge.tsx'
import { lookOf } from '../../ui/status.ts'
import classes from './Effect.module.css'
import type { Preview } from './use-preview.ts'

/** Before → after, as the server reckons it. Nothing has been done yet. */
export function Effect({ preview }: { readonly preview: Preview }) {
  const { t } = useTranslation('payment')
  const say = useSay()
  const { effect, fault } = preview
  if (fault !== null) return <ProblemAlert fault={fault} />
  if (effect === null) return null
  const { from, to } = effect.status
  return (
    <section className={classes.effect} aria-label={t('effect.title')}>
      <h3 className={classes.title}>{t('effect.title')}</h3>
      <div className={classes.line}>
        <span>{t('effect.status')}</span>
        <span className={classes.change}>
          <Badge look={lookOf('payment', from)}>{say('status', from)}</Badge>
          {from === to ? (
            <span className="florin-muted">{t('effect.unchanged')}</span>
          ) : (
            <>
              <span aria-hidden>→</span>
              <span className="florin-hidden">{t('effect.becomes')}</span>
              <Badge look={lookOf('payment', to)}>{say('status', to)}</Badge>
            </>
          )}
        </span>
      </div>
      {effect.lines.map(({ what, before, change, after }) => (
        <div key={what} className={classes.line}>
          <span>{say('effect', what)}</span>
          {before === null || after === null ? (
            <Money of={change} signed />
          ) : (
            <span className={classes.change}>
              <Money of={before} />
              <span aria-hidden>→</span>
              <span className="florin-hidden">{t('effect.becomes')}</span>
              <Money of={after} strong />
            </span>
          )}
        </div>
      ))}
    </section>
  )
}
