import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { keyOf, read } from '../../api/read.ts'
import type { Home } from '../../api/wire.ts'
import { useLive } from '../../live/live.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorState } from '../../ui/faults.tsx'
import { Page } from '../../ui/Page.tsx'
import { SkeletonRows } from '../../ui/Skeleton.tsx'
import { useCan, useMode } from '../../ui/session.tsx'
import classes from './HomePage.module.css'
import { NeedsAction } from './NeedsAction.tsx'
import { RecentPayments } from './RecentPayments.tsx'
import { TestPaymentButton } from './TestPaymentButton.tsx'
import { Today } from './Today.tsx'

/** New payments may come in bursts; the page looks at most this often. */
const REFRESH_MS = 1_000

export function HomePage() {
  const { t } = useTranslation('home')
  const home = useQuery(read('/v1/home'))
  const isTest = useMode() === 'test'
  const mayTest = useCan('use_test_tools') && isTest
  useRefreshOnPayments()
  return (
    <Page title={t('title')} actions={mayTest ? <TestPaymentButton /> : undefined}>
      {home.data ? <Blocks home={home.data} mayTest={mayTest} /> : null}
      {home.isPending ? <SkeletonRows /> : null}
      {home.error && !home.data ? (
        <ErrorState fault={home.error} onRetry={() => void home.refetch()} />
      ) : null}
    </Page>
  )
}

function Blocks({ home, mayTest }: { readonly home: Home; readonly mayTest: boolean }) {
  const { t } = useTranslation('home')
  if (home.recent.length === 0) {
    return (
      <EmptyState title={t('empty.title')} action={mayTest ? <TestPaymentButton /> : undefined}>
        <p className="florin-muted">{t(mayTest ? 'empty.test' : 'empty.live')}</p>
      </EmptyState>
    )
  }
  return (
    <div className={classes.blocks}>
      <NeedsAction items={home.needs_action.filter(({ count }) => count > 0)} />
      <Today today={home.today} />
      <RecentPayments payments={home.recent} />
    </div>
  )
}

function useRefreshOnPayments(): void {
  const client = useQueryClient()
  const waiting = useRef(false)
  useLive((event) => {
    if (event.type === 'export' || waiting.current) return
    waiting.current = true
    setTimeout(() => {
      waiting.current = false
      void client.invalidateQueries({ queryKey: keyOf('/v1/home') })
    }, REFRESH_MS)
  })
}
