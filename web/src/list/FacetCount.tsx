import { useTranslation } from 'react-i18next'
import { FACET_COUNT_MAX } from './facet-keys.ts'

/** How many rows have a value; `10,000+` where the server stopped counting. */
export function FacetCount({ count }: { readonly count: number }) {
  const { t } = useTranslation('list')
  return (
    <span className="florin-muted florin-number">
      {t(count >= FACET_COUNT_MAX ? 'search.countMost' : 'search.count', { count })}
    </span>
  )
}
