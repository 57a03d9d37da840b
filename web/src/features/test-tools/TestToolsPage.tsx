import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useEnterMode } from '../../frame/enter-mode.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { useMode } from '../../ui/session.tsx'
import { Cards } from './Cards.tsx'
import { SandboxEvents } from './SandboxEvents.tsx'
import { Switches } from './Switches.tsx'
import classes from './TestToolsPage.module.css'

/** How the sandbox is told to misbehave, with which cards to pay, and what it has sent. */
export function TestToolsPage() {
  const { t } = useTranslation('testTools')
  const mode = useMode()
  const enter = useEnterMode()
  if (mode === 'live') {
    return (
      <Page title={t('title')}>
        <EmptyState
          title={t('onlyTest')}
          action={
            <Button variant="default" onClick={() => enter('test')}>
              {t('goTest')}
            </Button>
          }
        />
      </Page>
    )
  }
  return (
    <Page title={t('title')}>
      <div className={classes.blocks}>
        <Cards />
        <Switches />
        <SandboxEvents />
      </div>
    </Page>
  )
}
