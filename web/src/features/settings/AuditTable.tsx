import { useTranslation } from 'react-i18next'
import type { AuditEntry } from '../../api/wire.ts'
import { useSay } from '../../i18n/say.ts'
import { pageOfId } from '../../paths.ts'
import { Go } from '../../ui/address.tsx'
import { CopyId, shortId } from '../../ui/CopyId.tsx'
import { type Column, SimpleTable } from '../../ui/SimpleTable.tsx'
import { Time } from '../../ui/Time.tsx'
import classes from './SettingsPage.module.css'

export function AuditTable({ entries }: { readonly entries: readonly AuditEntry[] }) {
  const { t } = useTranslation('settings')
  const say = useSay()
  const columns: Column<AuditEntry>[] = [
    { key: 'at', label: t('audit.at'), cell: ({ at }) => <Time at={at} exact /> },
    {
      key: 'actor',
      label: t('audit.actor'),
      cell: ({ actor_name, actor_kind }) => actor_name ?? say('actor', actor_kind),
    },
    { key: 'action', label: t('audit.action'), cell: ({ action }) => say('auditAction', action) },
    {
      key: 'object',
      label: t('audit.object'),
      cell: ({ object_id }) => <ObjectLink id={object_id} />,
    },
    { key: 'reason', label: t('audit.reason'), cell: ({ reason }) => reason ?? '–' },
    {
      key: 'chain',
      label: t('audit.chain'),
      cell: ({ sealed }) => t(sealed ? 'audit.sealed' : 'audit.notSealed'),
    },
    { key: 'more', label: t('audit.more'), silent: true, cell: (entry) => <More entry={entry} /> },
  ]
  return (
    <SimpleTable
      caption={t('audit.title')}
      columns={columns}
      rows={entries}
      keyOf={(entry) => entry.id}
    />
  )
}

function ObjectLink({ id }: { readonly id: string | null }) {
  const page = id === null ? null : pageOfId(id)
  if (id === null || page === null) return <CopyId id={id} short />
  return (
    <Go to={page} className={classes.id}>
      {shortId(id)}
    </Go>
  )
}

function More({ entry }: { readonly entry: AuditEntry }) {
  const { t } = useTranslation('settings')
  const { changes, request_id, ip, actor_id, object_id } = entry
  const shown = { changes, object_id, actor_id, request_id, ip }
  return (
    <details className={classes.details}>
      <summary>{t('audit.changes')}</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must take the focus. */}
      <pre tabIndex={0}>{JSON.stringify(shown, null, 2)}</pre>
    </details>
  )
}
