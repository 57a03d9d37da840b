import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Writes } from '../../api/endpoints.ts'
import { ApiFault } from '../../api/fault.ts'
import { write } from '../../api/request.ts'
import { ProblemAlert } from '../../ui/faults.tsx'
import classes from './SettingsPage.module.css'

type Answer = Writes['POST /v1/audit_entries/verify']['answer']

/** Recomputes the whole chain on the server. */
export function useVerify() {
  const [verifying, setVerifying] = useState(false)
  const [verdict, setVerdict] = useState<Answer | null>(null)
  const [fault, setFault] = useState<ApiFault | null>(null)
  const verify = async () => {
    setVerifying(true)
    setVerdict(null)
    setFault(null)
    try {
      setVerdict(await write('POST /v1/audit_entries/verify', { body: {} }))
    } catch (thrown) {
      if (!(thrown instanceof ApiFault)) throw thrown
      setFault(thrown)
    } finally {
      setVerifying(false)
    }
  }
  return { verify, verifying, verdict, fault }
}

type Props = { readonly verdict: Answer | null; readonly fault: ApiFault | null }

export function Verdict({ verdict, fault }: Props) {
  const { t } = useTranslation('settings')
  return (
    <div role="status">
      <ProblemAlert fault={fault} />
      {verdict === null ? null : (
        <p className={classes.verdict} data-bad={verdict.ok ? undefined : true}>
          {verdict.ok ? (
            <>
              {t('audit.ok', { count: verdict.entries })}{' '}
              {verdict.waiting === 0 ? null : t('audit.waiting', { count: verdict.waiting })}
            </>
          ) : (
            t('audit.bad', { id: verdict.first_bad?.entry_id ?? '?' })
          )}
        </p>
      )}
    </div>
  )
}
