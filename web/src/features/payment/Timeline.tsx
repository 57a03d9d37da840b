import { Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { read } from '../../api/read.ts'
import type { Actor, TimelineEntry } from '../../api/wire.ts'
import { type Say, useSay } from '../../i18n/say.ts'
import { pageOfId } from '../../paths.ts'
import { Go, useSearch } from '../../ui/address.tsx'
import { ErrorState } from '../../ui/faults.tsx'
import { Money } from '../../ui/Money.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { useCan } from '../../ui/session.tsx'
import { Time } from '../../ui/Time.tsx'
import { NoteForm } from './NoteForm.tsx'
import classes from './Timeline.module.css'

type Props = { readonly id: string; readonly onChanged: () => void }

/** The whole story, oldest first: our events, the gateway's, what staff did, and their notes. */
export function Timeline({ id, onChanged }: Props) {
  const { t } = useTranslation('payment')
  const [search, setSearch] = useSearch()
  const timeline = useQuery(read('/v1/payments/{id}/timeline', { id }))
  const mayNote = useCan('annotate_payment')
  const onlyMoney = search.only === 'money'
  if (timeline.error && !timeline.data) {
    return <ErrorState fault={timeline.error} onRetry={() => void timeline.refetch()} />
  }
  if (!timeline.data) return <SkeletonRows columns={2} rows={5} />
  const all = timeline.data.data
  const entries = onlyMoney ? all.filter((entry) => entry.money) : all
  return (
    <div className={classes.panel}>
      <Switch
        label={t('timeline.onlyMoney')}
        checked={onlyMoney}
        onChange={(event) =>
          setSearch({ only: event.currentTarget.checked ? 'money' : undefined }, { replace: true })
        }
      />
      <ol className={classes.story}>
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} />
        ))}
      </ol>
      {entries.length < all.length ? (
        <p className="florin-muted">
          {t('timeline.hidden', { count: all.length - entries.length })}
        </p>
      ) : null}
      {mayNote ? <NoteForm id={id} onAdded={onChanged} /> : null}
    </div>
  )
}

function Entry({ entry }: { readonly entry: TimelineEntry }) {
  const { t } = useTranslation('payment')
  const say = useSay()
  const { kind, actor, amount, text } = entry
  const page = pageOfId(entry.id)
  const words = kind === 'note' ? t('timeline.note') : say('timeline', entry.code)
  return (
    <li className={classes.entry} data-kind={kind} data-money={entry.money || undefined}>
      <div className={classes.line}>
        <span>
          <strong className={classes.what}>
            {page === null ? (
              words
            ) : (
              <Go to={page} className={classes.open}>
                {words}
              </Go>
            )}
          </strong>
          {amount === null ? null : (
            <>
              {' '}
              <Money of={amount} />
            </>
          )}
          <span className="florin-muted"> · {nameOf(actor, say)}</span>
        </span>
        <Time at={entry.at} exact relative={false} />
      </div>
      {text ? <p className={classes.text}>{text}</p> : null}
      {kind === 'note' ? null : (
        <details className={classes.raw}>
          <summary>
            <span className="florin-hidden">{t('timeline.raw')} </span>
            {entry.code}
          </summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus. */}
          <pre tabIndex={0}>{JSON.stringify(entry.data, null, 2)}</pre>
        </details>
      )}
    </li>
  )
}

/** A gateway is named as everywhere else; a person by name; else what kind of actor it was. */
function nameOf(actor: Actor, say: Say): string {
  if (actor.name === null) return say('actor', actor.kind)
  return actor.kind === 'gateway' ? say('gateway', actor.name) : actor.name
}
