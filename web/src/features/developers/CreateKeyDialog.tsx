import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useIntent } from '../../api/intent.ts'
import type { ApiKey } from '../../api/wire.ts'
import { useSay } from '../../i18n/say.ts'
import { ConfirmDialog } from '../../ui/Dialog.tsx'
import { useMe, useMode } from '../../ui/session.tsx'
import classes from './ApiKeysPage.module.css'
import { isReading, scopesToGive } from './key-scopes.ts'

const EXPIRIES = { never: null, d30: 30, d90: 90, d365: 365 } as const
type Expiry = keyof typeof EXPIRIES
const EXPIRY_NAMES = Object.keys(EXPIRIES) as Expiry[]

const NAME_CHARS_MAX = 100

type Props = { readonly onClose: () => void; readonly onMade: (key: ApiKey) => void }

export function CreateKeyDialog({ onClose, onMade }: Props) {
  const { t } = useTranslation('developers')
  const mode = useMode()
  const [name, setName] = useState('')
  const [expiry, setExpiry] = useState<Expiry>('never')
  const [scopes, setScopes] = useState<readonly string[]>([])
  const { run, sending, fault } = useIntent('POST /v1/api_keys', 'new-key')
  const days = EXPIRIES[expiry]
  const confirm = async () => {
    const key = await run({
      body: {
        name: name.trim(),
        scopes: [...scopes],
        ...(days === null ? {} : { expires_in_days: days }),
      },
    })
    if (key !== null) onMade(key)
  }
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t('dialog.title')}
      onConfirm={() => void confirm()}
      confirmLabel={t(`dialog.create.${mode}`)}
      sending={sending}
      fault={fault}
      disabled={name.trim() === '' || scopes.length === 0}
    >
      <p className={mode === 'live' ? classes.live : 'florin-muted'}>{t(`dialog.mode.${mode}`)}</p>
      <TextInput
        label={t('dialog.name')}
        description={t('dialog.nameHint')}
        required
        maxLength={NAME_CHARS_MAX}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <NativeSelect
        label={t('dialog.expiry')}
        value={expiry}
        onChange={(event) => setExpiry(event.currentTarget.value as Expiry)}
        data={EXPIRY_NAMES.map((one) => ({ value: one, label: t(`dialog.expiries.${one}`) }))}
      />
      <ScopeBoxes chosen={scopes} onChange={setScopes} />
    </ConfirmDialog>
  )
}

type BoxesProps = {
  readonly chosen: readonly string[]
  readonly onChange: (scopes: readonly string[]) => void
}

function ScopeBoxes({ chosen, onChange }: BoxesProps) {
  const { t } = useTranslation('developers')
  const say = useSay()
  const all = scopesToGive(useMe().permissions)
  const toggle = (scope: string, on: boolean) =>
    onChange(on ? [...chosen, scope] : chosen.filter((one) => one !== scope))
  return (
    <fieldset className={classes.boxes}>
      <legend>{t('dialog.scopes')}</legend>
      <div className={classes.choices}>
        <Button variant="default" size="compact-sm" onClick={() => onChange(all)}>
          {t('dialog.all')}
        </Button>
        <Button variant="default" size="compact-sm" onClick={() => onChange(all.filter(isReading))}>
          {t('dialog.reading')}
        </Button>
        <Button variant="default" size="compact-sm" onClick={() => onChange([])}>
          {t('dialog.noneChosen')}
        </Button>
      </div>
      {all.map((scope) => (
        <Checkbox
          key={scope}
          size="xs"
          label={say('permission', scope)}
          description={scope}
          checked={chosen.includes(scope)}
          onChange={(event) => toggle(scope, event.currentTarget.checked)}
        />
      ))}
      <p className={`${classes.choices} florin-muted`}>{t('dialog.personOnly')}</p>
    </fieldset>
  )
}
