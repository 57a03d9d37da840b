import { IconMenu2, IconSearch, IconUserCircle } from '@tabler/icons-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { paths } from '../paths.ts'
import { Go } from '../ui/address.tsx'
import { useMe, useMode } from '../ui/session.tsx'
import { ModeSwitch } from './ModeSwitch.tsx'
import { useSignOut } from './sign-out.ts'
import classes from './TopBar.module.css'

type Props = { readonly onMenu: () => void; readonly onFind: () => void }

export function TopBar({ onMenu, onFind }: Props) {
  const { t } = useTranslation()
  const me = useMe()
  useModeOfWindow()
  return (
    <div className={classes.bar}>
      <button type="button" className={classes.menu} onClick={onMenu} aria-label={t('nav.open')}>
        <IconMenu2 size={20} aria-hidden />
      </button>
      <Go to={paths.home} className={classes.brand}>
        <img src="/favicon.svg" alt={t('nav.brand')} width={24} height={24} />
        <span className={classes.merchant}>{me.merchant.name}</span>
      </Go>
      <button type="button" className={classes.find} onClick={onFind} aria-keyshortcuts="Control+K">
        <IconSearch size={16} aria-hidden />
        <span className={classes.findText}>{t('find.open')}</span>
        <kbd className={classes.kbd} aria-hidden>
          Ctrl K
        </kbd>
      </button>
      <span className={classes.space} />
      <ModeSwitch />
      <Person />
    </div>
  )
}

const PERSON = 'person'

/** The browser's own popover: it closes at Escape, and at a click outside. */
function Person() {
  const { t } = useTranslation()
  const { member } = useMe()
  const signOut = useSignOut()
  return (
    <>
      <button
        type="button"
        className={classes.person}
        aria-label={t('person.open')}
        popoverTarget={PERSON}
      >
        <IconUserCircle size={22} aria-hidden />
      </button>
      <div id={PERSON} popover="auto" className={classes.popover}>
        <p className={classes.who}>
          {member?.name}
          <br />
          {member?.email}
        </p>
        <Go to={paths.settings} className={classes.item} onClick={closePerson}>
          {t('nav.settings')}
        </Go>
        <button type="button" className={classes.item} onClick={() => void signOut()}>
          {t('person.signOut')}
        </button>
      </div>
    </>
  )
}

const closePerson = () => document.getElementById(PERSON)?.hidePopover()

/** The window itself says the mode: its icon differs, and so does what sticks to its top. */
function useModeOfWindow(): void {
  const mode = useMode()
  useEffect(() => {
    document.documentElement.dataset.florinMode = mode
    const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
    if (icon) icon.href = mode === 'test' ? '/favicon-test.svg' : '/favicon.svg'
  }, [mode])
}
