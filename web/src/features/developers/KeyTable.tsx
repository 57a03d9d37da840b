import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ApiKey } from '../../api/wire.ts'
import { type Column, SimpleTable } from '../../ui/SimpleTable.tsx'
import { Badge } from '../../ui/StatusBadge.tsx'
import type { Look } from '../../ui/status.ts'
import { Time } from '../../ui/Time.tsx'
import classes from './ApiKeysPage.module.css'
import { type KeyState, keyState } from './key-scopes.ts'

const LOOKS: Readonly<Record<KeyState, Look>> = {
  active: { shape: '●', tone: 'green' },
  revoked: { shape: '✕', tone: 'grey' },
  expired: { shape: '◷', tone: 'grey' },
}

type Props = {
  readonly keys: readonly ApiKey[]
  readonly onRevoke: ((key: ApiKey) => void) | null
}

export function KeyTable({ keys, onRevoke }: Props) {
  const { t } = useTranslation('developers')
  const stateOf = (key: ApiKey) => keyState(key, Date.now())
  const columns: Column<ApiKey>[] = [
    { key: 'name', label: t('name'), cell: ({ name }) => <strong>{name}</strong> },
    { key: 'prefix', label: t('prefix'), cell: ({ prefix }) => <code>{prefix}…</code> },
    { key: 'scopes', label: t('scopes'), cell: ({ scopes }) => <Scopes scopes={scopes} /> },
    {
      key: 'state',
      label: t('state'),
      cell: (key) => <Badge look={LOOKS[stateOf(key)]}>{t(`states.${stateOf(key)}`)}</Badge>,
    },
    {
      key: 'used',
      label: t('lastUsed'),
      cell: ({ last_used_at }) => (last_used_at ? <Time at={last_used_at} /> : t('never')),
    },
    {
      key: 'expires',
      label: t('expires'),
      cell: ({ expires_at }) => (expires_at ? <Time at={expires_at} /> : t('never')),
    },
    { key: 'created', label: t('created'), cell: (key) => <Time at={key.created_at} /> },
  ]
  if (onRevoke !== null) {
    columns.push({
      key: 'action',
      label: t('action'),
      silent: true,
      cell: (key) =>
        stateOf(key) === 'active' ? (
          <Button
            variant="default"
            size="compact-sm"
            onClick={() => onRevoke(key)}
            aria-label={t('revokeOf', { name: key.name })}
          >
            {t('revoke')}
          </Button>
        ) : null,
    })
  }
  return <SimpleTable caption={t('title')} columns={columns} rows={keys} keyOf={(key) => key.id} />
}

function Scopes({ scopes }: { readonly scopes: readonly string[] }) {
  const { t } = useTranslation('developers')
  return (
    <details className={classes.scopes}>
      <summary>{t('scopesCount', { count: scopes.length })}</summary>
      <ul>
        {scopes.map((scope) => (
          <li key={scope}>
            <code>{scope}</code>
          </li>
        ))}
      </ul>
    </details>
  )
}
