import { TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Money } from '../../api/wire.ts'
import { useLocale } from '../../i18n/language.ts'
import {
  compare,
  formatMoney,
  formatValue,
  isZero,
  parseAmount,
  withDigitsOf,
} from '../../ui/amount.ts'

export type TypedAmount = {
  readonly typed: string
  readonly type: (text: string) => void
  /** The amount in the payment's currency, or null while what is typed is not one. */
  readonly money: Money | null
  readonly problem: 'notAnAmount' | 'tooMany' | 'zero' | 'aboveMax' | null
}

/** An amount as a person types it, in the way of their language. */
export function useAmount(start: Money, max: Money): TypedAmount {
  const locale = useLocale()
  const [typed, setTyped] = useState(() => formatValue(start.value, locale))
  const plain = parseAmount(typed, locale)
  const money = plain === null ? null : withDigitsOf(plain, max)
  const problem = problemOf(plain, money, max)
  return { typed, type: setTyped, money: problem === null ? money : null, problem }
}

function problemOf(plain: string | null, money: Money | null, max: Money): TypedAmount['problem'] {
  if (plain === null) return 'notAnAmount'
  if (money === null) return 'tooMany'
  if (isZero(money)) return 'zero'
  return compare(money, max) > 0 ? 'aboveMax' : null
}

type Props = {
  readonly label: string
  readonly amount: TypedAmount
  readonly max: Money
  readonly whyMax: string
  readonly isLocked: boolean
}

export function AmountField({ label, amount, max, whyMax, isLocked }: Props) {
  const { t } = useTranslation('payment')
  const locale = useLocale()
  return (
    <TextInput
      label={label}
      description={`${t('amount.max', { amount: formatMoney(max, locale) })} ${whyMax}`.trim()}
      inputMode="decimal"
      autoComplete="off"
      required
      value={amount.typed}
      onChange={(event) => amount.type(event.currentTarget.value)}
      rightSection={<span className="florin-muted">{max.currency}</span>}
      rightSectionWidth={56}
      error={amount.problem === null ? null : t(`amount.${amount.problem}`)}
      readOnly={isLocked}
    />
  )
}
