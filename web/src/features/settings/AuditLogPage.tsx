import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { read } from '../../api/read.ts'
import { useSearch } from '../../ui/address.tsx'
import { Panel } from '../../ui/Card.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/faults.tsx'
import { Page } from '../../ui/Page.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { useCan } from '../../ui/session.tsx'
import { AuditTable } from './AuditTable.tsx'
import classes from './SettingsPage.module.css'
import { useVerify, Verdict } from './Verify.tsx'

const PAGE_ROWS = 50

export function AuditLogPage() {
  const { t } = useTranslation('settings')
  const [{ after }, setSearch] = useSearch()
  const log = useQuery(read('/v1/audit_entries', { query: { limit: PAGE_ROWS, after } }))
  const mayVerify = useCan('verify_audit_log')
  const { verify, verifying, verdict, fault } = useVerify()
  const next = log.data?.next ?? null
  return (
    <Page
      title={t('audit.title')}
      subtitle={t('audit.intro')}
      actions={
        mayVerify ? (
          <Button variant="default" loading={verifying} onClick={() => void verify()}>
            {t('audit.verify')}
          </Button>
        ) : undefined
      }
    >
      <Verdict verdict={verdict} fault={fault} />
      <Panel>
        {log.data && log.data.data.length > 0 ? <AuditTable entries={log.data.data} /> : null}
        {log.data?.data.length === 0 ? <EmptyState title={t('audit.none')} /> : null}
        {log.isPending ? <SkeletonRows columns={5} /> : null}
        {log.error && !log.data ? (
          <ErrorState fault={log.error} onRetry={() => void log.refetch()} />
        ) : null}
      </Panel>
      <nav aria-label={t('audit.pages')} className={classes.pages}>
        <Button
          variant="default"
          disabled={after === undefined}
          onClick={() => setSearch({ after: undefined })}
        >
          {t('audit.newest')}
        </Button>
        <Button
          variant="default"
          disabled={next === null}
          onClick={() => setSearch({ after: next ?? undefined })}
        >
          {t('audit.older')}
        </Button>
      </nav>
    </Page>
  )
}
