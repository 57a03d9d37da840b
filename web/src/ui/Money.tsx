import type { Money as Amount } from '../api/wire.ts'
import { useLocale } from '../i18n/language.ts'
import { formatValue, isNegative, isZero } from './amount.ts'

type Props = {
  readonly of: Amount | null | undefined
  /** Shows a plus before gains, for lines of a sum. */
  readonly signed?: boolean
  readonly strong?: boolean
}

/** An amount with tabular figures and its currency's code; a dash where there is none. */
export function Money({ of: money, signed = false, strong = false }: Props) {
  const locale = useLocale()
  if (money === null || money === undefined) return <span className="florin-muted">–</span>
  const plus = signed && !isZero(money) && !isNegative(money) ? '+' : ''
  const Tag = strong ? 'strong' : 'span'
  return (
    <Tag className="florin-number">
      {plus}
      {formatValue(money.value, locale)}
      {'\u00a0'}
      <span className="florin-muted">{money.currency}</span>
    </Tag>
  )
}
