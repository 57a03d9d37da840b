import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { ApiFault } from '../api/fault.ts'
import type { Money } from '../api/wire.ts'
import { type Locale, useLocale } from '../i18n/language.ts'
import { formatMoney } from './amount.ts'
import { CopyId } from './CopyId.tsx'
import { Forbidden, NotFound } from './refusals.tsx'
import classes from './states.module.css'

export type FaultWords = { readonly title: string; readonly advice: string }

/**
 * What failed and what to do. The codes worded here are those a person meets; for any other, the
 * server's own sentence says what to do.
 */
export function useFaultWords(fault: unknown): FaultWords {
  const { t, i18n } = useTranslation('faults')
  const locale = useLocale()
  if (!(fault instanceof ApiFault)) return { title: t('bug.title'), advice: t('bug.advice') }
  const { code, problem, retry_after_s } = fault
  const worded: unknown = i18n.getResource(locale, 'faults', code)
  const words = isWords(worded)
    ? { title: worded.title, advice: worded.advice.replace('{{max}}', maxOf(fault, t, locale)) }
    : { title: problem.title || t('bad_answer.title'), advice: problem.detail }
  if (retry_after_s === null) return words
  return { ...words, advice: `${words.advice} ${retryWords(t, retry_after_s)}` }
}

const isWords = (found: unknown): found is FaultWords =>
  typeof found === 'object' && found !== null && 'title' in found && 'advice' in found

type T = ReturnType<typeof useTranslation<'faults'>>['t']

/** The most that would have been taken, which a refusal of an amount names. */
function maxOf(fault: ApiFault, t: T, locale: Locale): string {
  const max = fault.problem.allowed?.max_refund
  return isMoney(max) ? formatMoney(max, locale) : t('theMaximum')
}

const isMoney = (value: unknown): value is Money =>
  typeof value === 'object' && value !== null && 'value' in value && 'currency' in value

function retryWords(t: T, retry_after_s: number): string {
  if (retry_after_s < 60) return t('retryInSeconds', { count: retry_after_s })
  return t('retryInMinutes', { count: Math.ceil(retry_after_s / 60) })
}

const requestOf = (fault: unknown): string =>
  fault instanceof ApiFault ? fault.problem.request_id : ''

function RequestId({ fault }: { readonly fault: unknown }) {
  const { t } = useTranslation('faults')
  const id = requestOf(fault)
  if (id === '') return null
  return (
    <span className={classes.request}>
      {t('requestId')} <CopyId id={id} label={t('copyRequestId')} />
    </span>
  )
}

type ErrorProps = { readonly fault: unknown; readonly onRetry?: () => void }

/** A page or a block that could not be had: what failed, what to do, and an id to quote. */
export function ErrorState({ fault, onRetry }: ErrorProps) {
  const { t } = useTranslation('faults')
  const words = useFaultWords(fault)
  if (fault instanceof ApiFault && fault.status === 404) return <NotFound />
  if (fault instanceof ApiFault && fault.status === 403) {
    return <Forbidden permission={permissionOf(fault)} />
  }
  return (
    <div role="alert" className={classes.error}>
      <strong>{words.title}</strong>
      <span>{words.advice}</span>
      <RequestId fault={fault} />
      {onRetry ? (
        <Button variant="default" size="xs" onClick={onRetry}>
          {t('retry')}
        </Button>
      ) : null}
    </div>
  )
}

function permissionOf(fault: ApiFault): string | null {
  const permission = fault.problem.allowed?.permission
  return typeof permission === 'string' ? permission : null
}

/** A refusal inside a form or a dialog. */
export function ProblemAlert({ fault }: { readonly fault: ApiFault | null }) {
  const words = useFaultWords(fault)
  if (fault === null) return null
  return (
    <div role="alert" className={classes.alert}>
      <strong>{words.title}</strong>
      <span>{words.advice}</span>
      {fault.problem.errors?.map((error) => (
        <span key={error.pointer + error.code}>{error.detail}</span>
      ))}
      <RequestId fault={fault} />
    </div>
  )
}
