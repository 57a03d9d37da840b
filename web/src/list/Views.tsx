import { useTranslation } from 'react-i18next'
import type { Path } from '../paths.ts'
import { withQuery } from '../paths.ts'
import { Go } from '../ui/address.tsx'
import type { Tab } from './definition.ts'
import classes from './ListPage.module.css'
import { sameQuery } from './query-edit.ts'
import type { ListView } from './use-list-view.ts'

type Props = {
  readonly tabs: readonly Tab[]
  readonly at: Path
  readonly view: ListView
  /** How many rows wait in a tab, where that is worth knowing. */
  readonly counts?: Readonly<Record<string, number | undefined>>
}

/** Ready-made queries. They are links, so each has an address and can be opened beside this one. */
export function Views({ tabs, at, view, counts = {} }: Props) {
  const { t } = useTranslation('list')
  return (
    <nav aria-label={t('views')} className={classes.views}>
      {tabs.map(({ key, label, q }) => {
        const on = view.query !== null && sameQuery(view.query, q)
        const count = counts[key] ?? 0
        return (
          <Go
            key={key}
            to={q === '' ? at : withQuery(at, q)}
            className={classes.view}
            aria-current={on ? 'page' : undefined}
          >
            {label}
            {count > 0 && <span className={classes.badge}>{t('search.count', { count })}</span>}
          </Go>
        )
      })}
    </nav>
  )
}
