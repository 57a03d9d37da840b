import { useTranslation } from 'react-i18next'
import classes from './states.module.css'

type Props = { readonly columns?: number; readonly rows?: number }

const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

/** The shape of rows on their way; not drawn for answers that come within 150 ms. */
export function SkeletonRows({ columns = 4, rows = 8 }: Props) {
  const { t } = useTranslation()
  return (
    <div role="status" className={classes.late}>
      <span className="florin-hidden">{t('loading')}</span>
      <div aria-hidden className={classes.rows}>
        {numbers(rows).map((row) => (
          <div key={row} className={classes.row}>
            {numbers(columns).map((column) => (
              <div key={column} className={classes.bone} />
            ))}
          </div>
        ))}
      </div>
    </div>
  )
}
