import { Button } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { lazy, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ListPage } from '../../list/ListPage.tsx'
import { useKeys } from '../../ui/keys.tsx'
import { useCan } from '../../ui/session.tsx'
import { useLinksList } from './links-list.tsx'

const CreateLinkDialog = lazy(async () => ({
  default: (await import('./CreateLinkDialog.tsx')).CreateLinkDialog,
}))

/** URLs that ask for money, made here or by API. */
export function LinksPage() {
  const mayCreate = useCan('create_payment_link')
  return <ListPage list={useLinksList()} actions={() => mayCreate && <CreateLink />} />
}

function CreateLink() {
  const { t } = useTranslation('links')
  const [opened, setOpened] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const open = () => {
    button.current?.focus()
    setOpened(true)
  }
  useKeys({ n: { label: t('create.open'), run: open } })
  return (
    <>
      <Button ref={button} leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
        {t('create.open')}
      </Button>
      {opened && (
        <Suspense>
          <CreateLinkDialog onClose={() => setOpened(false)} />
        </Suspense>
      )}
    </>
  )
}
