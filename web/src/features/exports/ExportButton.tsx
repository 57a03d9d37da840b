import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { lazy, Suspense, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Payment } from '../../api/wire.ts'
import type { ListDefinition } from '../../list/definition.ts'
import type { ListView } from '../../list/use-list-view.ts'
import { useKeys } from '../../ui/keys.tsx'
import { useCan } from '../../ui/session.tsx'

const ExportDialog = lazy(async () => ({
  default: (await import('./ExportDialog.tsx')).ExportDialog,
}))

type Props = { readonly list: ListDefinition<Payment>; readonly view: ListView }

/** Only drawn for those who may export. */
export function ExportButton(props: Props) {
  return useCan('export_payments') ? <AllowedButton {...props} /> : null
}

function AllowedButton({ list, view }: Props) {
  const { t } = useTranslation('exports')
  const [opened, setOpened] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const open = () => {
    button.current?.focus()
    if (view.query !== null) setOpened(true)
  }
  useKeys({ e: { label: t('key'), run: open } })
  return (
    <>
      <Button
        ref={button}
        variant="default"
        leftSection={<IconDownload size={16} aria-hidden />}
        onClick={open}
        disabled={view.query === null}
      >
        {t('open')}
      </Button>
      {opened && view.query !== null && (
        <Suspense>
          <ExportDialog
            list={list}
            view={view}
            query={view.query}
            onClose={() => setOpened(false)}
          />
        </Suspense>
      )}
    </>
  )
}
