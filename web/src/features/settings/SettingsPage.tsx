import { Button, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { LanguageSwitch } from '../../frame/LanguageSwitch.tsx'
import { useSignOut } from '../../frame/sign-out.ts'
import { ThemeSwitch } from '../../frame/ThemeSwitch.tsx'
import { Card } from '../../ui/Card.tsx'
import { Facts } from '../../ui/Facts.tsx'
import { turnKeys, useKeysAreOn } from '../../ui/keys.tsx'
import { Page } from '../../ui/Page.tsx'
import { useMe } from '../../ui/session.tsx'
import classes from './SettingsPage.module.css'

export function SettingsPage() {
  const { t } = useTranslation('settings')
  const me = useMe()
  const signOut = useSignOut()
  return (
    <Page title={t('title')}>
      <div className={classes.blocks}>
        <Card title={t('profile')}>
          <Facts
            rows={[
              [t('name'), me.member?.name ?? '–'],
              [t('email'), me.member?.email || '–'],
              [t('merchant'), me.merchant.name],
              [
                t('timeZone'),
                <span key="z">
                  {me.merchant.time_zone} <span className="florin-muted">{t('timeZoneHint')}</span>
                </span>,
              ],
              [t('currency'), me.merchant.currency],
            ]}
          />
        </Card>
        <Card title={t('display')}>
          <Display />
        </Card>
        <Card title={t('session')}>
          <Button variant="default" onClick={() => void signOut()}>
            {t('signOut')}
          </Button>
        </Card>
      </div>
    </Page>
  )
}

/** Kept in this browser, since they are about this screen and these hands. */
function Display() {
  const { t } = useTranslation('settings')
  const keys = useKeysAreOn()
  return (
    <div className={classes.fields}>
      <div className={classes.field}>
        <span>{t('language')}</span>
        <LanguageSwitch />
      </div>
      <div className={classes.field}>
        <span>{t('colours')}</span>
        <ThemeSwitch />
      </div>
      <Switch
        label={t('keys')}
        description={t('keysHint')}
        checked={keys}
        onChange={(event) => turnKeys(event.currentTarget.checked)}
      />
    </div>
  )
}
