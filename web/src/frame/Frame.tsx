import { Outlet, useRouterState } from '@tanstack/react-router'
import { lazy, Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LiveProvider } from '../live/live.tsx'
import { useGo } from '../ui/address.tsx'
import { Dialog } from '../ui/Dialog.tsx'
import { type KeyAction, useKeyboard, useKeys } from '../ui/keys.tsx'
import { Notices } from '../ui/notices.tsx'
import { Page } from '../ui/Page.tsx'
import { Forbidden } from '../ui/refusals.tsx'
import { useMe, useMode } from '../ui/session.tsx'
import { Finder } from './Finder.tsx'
import classes from './Frame.module.css'
import { KeyList } from './KeyList.tsx'
import { LiveLine } from './LiveLine.tsx'
import { Navigation } from './Navigation.tsx'
import { NAVIGATION, navPageOf } from './pages.ts'
import { TestBanner } from './TestBanner.tsx'
import { TopBar } from './TopBar.tsx'

/** What outlives a page change, fetched after the page. */
const ExportTray = lazy(async () => ({
  default: (await import('../features/exports/ExportTray.tsx')).ExportTray,
}))

type Panel = 'none' | 'menu' | 'keys' | 'finder'

/** Everything around a page: the menu, the bar, the mode, the keys, the notices and the stream. */
export function Frame() {
  const { t } = useTranslation()
  const mode = useMode()
  const [panel, setPanel] = useState<Panel>('none')
  const close = () => setPanel('none')
  useKeyboard()
  useKeys(
    {
      ...useGoKeys(),
      '?': { label: t('keys.list'), run: () => setPanel('keys') },
      '/': { label: t('keys.find'), run: () => setPanel('finder') },
    },
    'everywhere',
  )
  return (
    <LiveProvider mode={mode}>
      <a href="#main" className={classes.skip}>
        {t('skip')}
      </a>
      <div className={classes.frame}>
        <header className={classes.top}>
          {mode === 'test' ? <TestBanner /> : null}
          <TopBar onMenu={() => setPanel('menu')} onFind={() => setPanel('finder')} />
          <LiveLine />
        </header>
        <aside className={classes.side}>
          <Navigation label={t('nav.label')} onKeys={() => setPanel('keys')} />
        </aside>
        <main id="main" tabIndex={-1} className={classes.main} key={mode}>
          <Allowed />
        </main>
      </div>
      <Dialog opened={panel === 'menu'} onClose={close} title={t('nav.label')} place="left">
        <Navigation label={t('nav.label')} onKeys={() => setPanel('keys')} onGo={close} />
      </Dialog>
      <Dialog opened={panel === 'keys'} onClose={close} title={t('keys.title')} size="wide">
        <KeyList />
      </Dialog>
      <Finder opened={panel === 'finder'} onOpen={() => setPanel('finder')} onClose={close} />
      <Suspense>
        <ExportTray />
      </Suspense>
      <Notices />
    </LiveProvider>
  )
}

/** The page, or the reason why it is not shown. */
function Allowed() {
  const { t } = useTranslation('faults')
  const me = useMe()
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  const permission = navPageOf(pathname)?.permission ?? null
  if (permission === null || me.permissions.includes(permission)) return <Outlet />
  return (
    <Page title={t('forbidden.title')}>
      <Forbidden permission={permission} />
    </Page>
  )
}

function useGoKeys(): Record<string, KeyAction> {
  const { t } = useTranslation()
  const me = useMe()
  const go = useGo()
  const pages = NAVIGATION.flatMap((group) => group.pages).filter(
    ({ permission }) => permission === null || me.permissions.includes(permission),
  )
  return Object.fromEntries(
    pages.map(({ name, key, path }) => [
      `g ${key}`,
      { label: t('keys.go', { page: t(`nav.${name}`) }), run: () => go(path) },
    ]),
  )
}
