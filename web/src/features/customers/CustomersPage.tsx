import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { lazy, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../../list/ListPage.tsx'
import { paths } from '../../paths.ts'
import { useGo } from '../../ui/address.tsx'
import { useKeys } from '../../ui/keys.tsx'
import { useCan } from '../../ui/session.tsx'
import { useCustomersList } from './customers-list.tsx'

const CustomerDialog = lazy(async () => ({
  default: (await import('./CustomerDialog.tsx')).CustomerDialog,
}))

export function CustomersPage() {
  const mayManage = useCan('manage_customers')
  return <ListPage list={useCustomersList()} actions={() => mayManage && <AddCustomer />} />
}

function AddCustomer() {
  const { t } = useTranslation('customers')
  const go = useGo()
  const [opened, setOpened] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const open = () => {
    button.current?.focus()
    setOpened(true)
  }
  useKeys({ n: { label: t('add.open'), run: open } })
  return (
    <>
      <Button ref={button} leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
        {t('add.open')}
      </Button>
      {opened && (
        <Suspense>
          <CustomerDialog
            customer={null}
            onClose={() => setOpened(false)}
            onDone={({ id }) => go(paths.customer(id))}
          />
        </Suspense>
      )}
    </>
  )
}
