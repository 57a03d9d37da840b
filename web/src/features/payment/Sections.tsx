import { useTranslation } from 'react-i18next'
import type { Payment } from '../../api/wire.ts'
import { Card } from '../../ui/Card.tsx'
import { useCan } from '../../ui/session.tsx'
import { Attempts } from './Attempts.tsx'
import { Timeline } from './Timeline.tsx'
import { Transfers } from './Transfers.tsx'

type Props = { readonly payment: Payment; readonly onChanged: () => void }

/** The tries, the books and the story, all open: to read, to search in the page, to print. */
export function Sections({ payment, onChanged }: Props) {
  const { t } = useTranslation('payment')
  const mayReadLedger = useCan('access_ledger')
  return (
    <>
      <Card title={t('sections.transactions')} flush>
        <Attempts transactions={payment.transactions ?? []} />
      </Card>
      {mayReadLedger ? (
        <Card title={t('sections.transfers')} flush>
          <Transfers id={payment.id} />
        </Card>
      ) : null}
      <Card title={t('sections.timeline')}>
        <Timeline id={payment.id} onChanged={onChanged} />
      </Card>
    </>
  )
}
