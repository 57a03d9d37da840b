import { Button } from '@mantine/core'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Customer } from '../../api/wire.ts'
import { RowPage } from '../../list/RowPage.tsx'
import { Card } from '../../ui/Card.tsx'
import { CopyId } from '../../ui/CopyId.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { useCan } from '../../ui/session.tsx'
import { Time } from '../../ui/Time.tsx'
import { CustomerPayments } from './CustomerPayments.tsx'
import { CustomerWallets } from './CustomerWallets.tsx'
import classes from './customers.module.css'

const CustomerDialog = lazy(async () => ({
  default: (await import('./CustomerDialog.tsx')).CustomerDialog,
}))

/** Who pays: what is known of them, their payments, and their balances with every entry. */
export function CustomerPage() {
  const { t } = useTranslation('customers')
  const mayManage = useCan('manage_customers')
  const maySeeWallets = useCan('access_wallets')
  return (
    <RowPage
      template="/v1/customers/{id}"
      title={(id) => t('page', { id })}
      heading={(row) => row.name ?? row.email ?? t('nameless')}
      actions={(row, refetch) => mayManage && <Edit customer={row} onDone={refetch} />}
    >
      {(row) => (
        <div className={classes.parts}>
          <CustomerFacts row={row} />
          {maySeeWallets && <CustomerWallets id={row.id} />}
          <CustomerPayments id={row.id} />
        </div>
      )}
    </RowPage>
  )
}

function CustomerFacts({ row }: { readonly row: Customer }) {
  const { t } = useTranslation('customers')
  return (
    <Card title={t('facts')}>
      <Facts
        rows={[
          [t('columns.id'), <CopyId key="id" id={row.id} />],
          [t('columns.name'), row.name ?? '–'],
          [t('columns.email'), row.email ?? '–'],
          [t('columns.label'), row.label ?? '–'],
          [t('columns.country'), row.country ?? '–'],
          [t('columns.payments_count'), t('number', { count: row.payments_count })],
          [t('columns.created_at'), <Time key="created" at={row.created_at} />],
        ]}
      />
    </Card>
  )
}

type EditProps = { readonly customer: Customer; readonly onDone: () => void }

function Edit({ customer, onDone }: EditProps) {
  const { t } = useTranslation('customers')
  const [opened, setOpened] = useState(false)
  return (
    <>
      <Button variant="default" onClick={() => setOpened(true)}>
        {t('edit.open')}
      </Button>
      {opened && (
        <Suspense>
          <CustomerDialog customer={customer} onClose={() => setOpened(false)} onDone={onDone} />
        </Suspense>
      )}
    </>
  )
}
