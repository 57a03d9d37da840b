import { useTranslation } from 'react-i18next'
import type { QueryError } from '#contract/query/index.ts'
import classes from './SearchBox.module.css'

type Props = {
  readonly id: string
  readonly errors: readonly QueryError[]
  readonly onCorrect: (error: QueryError, candidate: string) => void
}

/** What was not understood, and the nearest words that would be; nothing is silently ignored. */
export function SearchErrors({ id, errors, onCorrect }: Props) {
  const { t } = useTranslation('list')
  return (
    <div id={id} role="alert" className={classes.errors}>
      {errors.map((error) => (
        <p key={`${error.position.offset} ${error.code}`}>
          {error.sentence}{' '}
          {error.candidates.map((candidate) => (
            <button
              key={candidate}
              type="button"
              className={classes.candidate}
              aria-label={t('search.correct', { candidate })}
              onClick={() => onCorrect(error, candidate)}
            >
              {candidate}
            </button>
          ))}
        </p>
      ))}
    </div>
  )
}
