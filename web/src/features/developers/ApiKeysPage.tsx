import { Button } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { keyOf, read } from '../../api/read.ts'
import type { ApiKey } from '../../api/wire.ts'
import { outsidePaths } from '../../paths.ts'
import { Panel } from '../../ui/Card.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/faults.tsx'
import { useKeys } from '../../ui/keys.tsx'
import { Page } from '../../ui/Page.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { useCan } from '../../ui/session.tsx'
import classes from './ApiKeysPage.module.css'
import { CreateKeyDialog } from './CreateKeyDialog.tsx'
import { KeyTable } from './KeyTable.tsx'
import { RevokeDialog } from './RevokeDialog.tsx'
import { SecretDialog } from './SecretDialog.tsx'

type Open =
  | { readonly dialog: 'create' }
  | { readonly dialog: 'revoke'; readonly key: ApiKey }
  | { readonly dialog: 'secret'; readonly secret: string }

export function ApiKeysPage() {
  const { t } = useTranslation('developers')
  const client = useQueryClient()
  const keys = useQuery(read('/v1/api_keys'))
  const mayManage = useCan('manage_api_keys')
  const [open, setOpen] = useState<Open | null>(null)
  const create = () => setOpen({ dialog: 'create' })
  const refresh = () => void client.invalidateQueries({ queryKey: keyOf('/v1/api_keys') })
  useKeys(mayManage ? { n: { label: t('create'), run: create } } : {})
  const made = (key: ApiKey) => {
    refresh()
    setOpen(key.secret === undefined ? null : { dialog: 'secret', secret: key.secret })
  }
  return (
    <Page
      title={t('title')}
      subtitle={
        <a href={outsidePaths.apiReference} className={classes.link}>
          {t('reference')}
        </a>
      }
      actions={mayManage ? <Button onClick={create}>{t('create')}</Button> : undefined}
    >
      <Panel>
        {keys.data && keys.data.data.length > 0 ? (
          <KeyTable
            keys={keys.data.data}
            onRevoke={mayManage ? (key) => setOpen({ dialog: 'revoke', key }) : null}
          />
        ) : null}
        {keys.data?.data.length === 0 ? <EmptyState title={t('none')} /> : null}
        {keys.isPending ? <SkeletonRows columns={5} rows={3} /> : null}
        {keys.error && !keys.data ? (
          <ErrorState fault={keys.error} onRetry={() => void keys.refetch()} />
        ) : null}
      </Panel>
      {open?.dialog === 'create' ? (
        <CreateKeyDialog onClose={() => setOpen(null)} onMade={made} />
      ) : null}
      {open?.dialog === 'revoke' ? (
        <RevokeDialog apiKey={open.key} onClose={() => setOpen(null)} onDone={refresh} />
      ) : null}
      {open?.dialog === 'secret' ? (
        <SecretDialog secret={open.secret} onClose={() => setOpen(null)} />
      ) : null}
    </Page>
  )
}
