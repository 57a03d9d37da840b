import { useTranslation } from 'react-i18next'
import type { Home } from '../../api/wire.ts'
import { useSay } from '../../i18n/say.ts'
import { givenPath } from '../../paths.ts'
import { Go } from '../../ui/address.tsx'
import { Card } from '../../ui/Card.tsx'
import classes from './HomePage.module.css'

/** What waits for a person; a line with nothing to do is not drawn. */
export function NeedsAction({ items }: { readonly items: Home['needs_action'] }) {
  const { t } = useTranslation('home')
  const say = useSay()
  return (
    <Card title={t('needsAction')}>
      {items.length === 0 ? <p className="florin-muted">{t('nothing')}</p> : null}
      <ul className={classes.actions}>
        {items.map(({ code, count, path }) => {
          const to = givenPath(path)
          const words = say('needsAction', code)
          return (
            <li key={code} className={classes.action}>
              <span className={classes.count}>{count}</span>
              {to === null ? words : <Go to={to}>{words}</Go>}
            </li>
          )
        })}
      </ul>
    </Card>
  )
}
