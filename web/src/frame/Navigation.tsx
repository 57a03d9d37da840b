import {
  IconArrowBackUp,
  IconArrowsLeftRight,
  IconBook2,
  IconCreditCard,
  IconDownload,
  IconFlask,
  IconHistory,
  IconHome,
  IconInbox,
  IconKey,
  IconLink,
  IconPlugConnected,
  IconRss,
  IconSettings,
  IconUsers,
} from '@tabler/icons-react'
import { useRouterState } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { outsidePaths } from '../paths.ts'
import { Go } from '../ui/address.tsx'
import { useMe } from '../ui/session.tsx'
import { LanguageSwitch } from './LanguageSwitch.tsx'
import classes from './Navigation.module.css'
import { NAVIGATION, type NavGroup, type NavPage, navPageOf, type PageName } from './pages.ts'
import { ThemeSwitch } from './ThemeSwitch.tsx'

const ICONS = {
  home: IconHome,
  payments: IconCreditCard,
  transactions: IconArrowsLeftRight,
  refunds: IconArrowBackUp,
  links: IconLink,
  customers: IconUsers,
  gateways: IconPlugConnected,
  exports: IconDownload,
  apiKeys: IconKey,
  gatewayEvents: IconInbox,
  events: IconRss,
  testTools: IconFlask,
  settings: IconSettings,
  auditLog: IconHistory,
} as const satisfies Record<PageName, unknown>

type Props = {
  readonly label: string
  readonly onKeys: () => void
  readonly onGo?: () => void
}

export function Navigation({ label, onKeys, onGo }: Props) {
  const { t } = useTranslation()
  const me = useMe()
  const may = ({ permission }: NavPage) =>
    permission === null || me.permissions.includes(permission)
  return (
    <div className={classes.side}>
      <nav aria-label={label} className={classes.nav}>
        {NAVIGATION.map((group) => ({ ...group, pages: group.pages.filter(may) }))
          .filter((group) => group.pages.length > 0)
          .map((group) => (
            <Group key={group.name} group={group} onGo={onGo} />
          ))}
      </nav>
      <div className={classes.foot}>
        <LanguageSwitch />
        <ThemeSwitch />
        <button type="button" className={classes.keys} onClick={onKeys}>
          {t('keys.title')} <kbd>?</kbd>
        </button>
      </div>
    </div>
  )
}

type GroupProps = { readonly group: NavGroup; readonly onGo: (() => void) | undefined }

function Group({ group, onGo }: GroupProps) {
  const { t } = useTranslation()
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  const current = navPageOf(pathname)?.name
  return (
    <div>
      {group.name === 'top' ? null : (
        <h2 className={classes.group}>{t(`nav.groups.${group.name}`)}</h2>
      )}
      <ul className={classes.list}>
        {group.pages.map(({ name, path }) => {
          const Icon = ICONS[name]
          return (
            <li key={name}>
              <Go
                to={path}
                className={classes.page}
                onClick={onGo}
                aria-current={current === name ? 'page' : undefined}
              >
                <Icon size={18} stroke={1.7} aria-hidden />
                {t(`nav.${name}`)}
              </Go>
            </li>
          )
        })}
        {group.name === 'developers' ? (
          <li>
            <a href={outsidePaths.apiReference} className={classes.page}>
              <IconBook2 size={18} stroke={1.7} aria-hidden />
              {t('nav.apiReference')}
            </a>
          </li>
        ) : null}
      </ul>
    </div>
  )
}
