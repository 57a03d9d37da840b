import { Button, Menu } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Payment } from '../../api/wire.ts'
import { useSay } from '../../i18n/say.ts'
import { useMe, useMode } from '../../ui/session.tsx'
import classes from './Actions.module.css'
import { ACTION_ORDER, type ActionName, actionState, primaryAction } from './facts.ts'

type Props = {
  readonly payment: Payment
  readonly onAct: (action: ActionName) => void
  readonly syncing: boolean
}

const KEYS = { sync: 's', mark_paid: 'm', refund: 'u', cancel: '' } as const

/** The action that fits now as a button; all of them in a menu, each with the reason if off. */
export function Actions({ payment, onAct, syncing }: Props) {
  const { t } = useTranslation('payment')
  const mode = useMode()
  const { permissions } = useMe()
  const primary = primaryAction(payment, permissions)
  return (
    <div className={classes.bar}>
      {primary === null ? null : (
        <Button loading={primary === 'sync' && syncing} onClick={() => onAct(primary)}>
          {t(
            mode === 'test' && primary !== 'sync' ? `actionsTest.${primary}` : `actions.${primary}`,
          )}
        </Button>
      )}
      <Menu
        position="bottom-end"
        width={320}
        withinPortal={false}
        withInitialFocusPlaceholder={false}
      >
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={16} aria-hidden />}>
            {t('more')}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {ACTION_ORDER.map((action) => (
            <Item key={action} payment={payment} action={action} onAct={onAct} />
          ))}
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}

type ItemProps = Pick<Props, 'payment' | 'onAct'> & { readonly action: ActionName }

function Item({ payment, action, onAct }: ItemProps) {
  const { t } = useTranslation('payment')
  const say = useSay()
  const { permissions } = useMe()
  const { allowed, why_not } = actionState(payment, action, permissions)
  return (
    <Menu.Item
      aria-disabled={!allowed}
      closeMenuOnClick={allowed}
      className={classes.item}
      data-danger={action === 'cancel' || undefined}
      onClick={() => (allowed ? onAct(action) : undefined)}
      rightSection={KEYS[action] === '' ? null : <kbd className={classes.key}>{KEYS[action]}</kbd>}
    >
      {t(`actions.${action}`)}
      {allowed ? null : <span className={classes.why}>{say('whyNot', why_not ?? 'not_now')}</span>}
    </Menu.Item>
  )
}
