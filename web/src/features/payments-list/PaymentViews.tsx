import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { read } from '../../api/read.ts'
import type { ListView } from '../../list/use-list-view.ts'
import { Views } from '../../list/Views.tsx'
import { paths } from '../../paths.ts'
import { PAYMENT_VIEWS } from './payment-views.ts'

/** The ready-made views; the one that needs a person says how many payments wait there. */
export function PaymentViews({ view }: { readonly view: ListView }) {
  const { t } = useTranslation('paymentsList')
  const waiting = useQuery(
    read('/v1/payments/summary', { query: { q: PAYMENT_VIEWS.needsAction } }),
  )
  const tabs = Object.entries(PAYMENT_VIEWS).map(([key, q]) => ({
    key,
    q,
    label: t(`tabs.${key as keyof typeof PAYMENT_VIEWS}`),
  }))
  const counts = { needsAction: waiting.data?.count }
  return <Views tabs={tabs} at={paths.payments} view={view} counts={counts} />
}
