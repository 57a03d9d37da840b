import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { VOCABULARIES } from '#contract/query/index.ts'
import { Choice } from '../../ui/Choice.tsx'
import { EXPIRY_DAYS, type LinkForm } from './link-form.ts'
import classes from './links.module.css'

type Props = {
  readonly form: LinkForm
  readonly change: (patch: Partial<LinkForm>) => void
  readonly amountFault: boolean
}

const CURRENCIES = VOCABULARIES.payments.keys.currency?.code?.known ?? []

/** What the payer is asked for, who they are, and how long it lasts. */
export function LinkFields(props: Props) {
  const { form, change } = props
  const { t } = useTranslation('links')
  const text = (key: 'reference' | 'payer_name' | 'payer_email', maxLength: number) => (
    <TextInput
      label={t(`fields.${key}`)}
      type={key === 'payer_email' ? 'email' : 'text'}
      value={form[key]}
      maxLength={maxLength}
      onChange={(event) => change({ [key]: event.currentTarget.value })}
    />
  )
  return (
    <>
      <AmountFields {...props} />
      {text('reference', 200)}
      <Textarea
        label={t('fields.description')}
        description={t('fields.descriptionWhy')}
        value={form.description}
        maxLength={500}
        rows={2}
        onChange={(event) => change({ description: event.currentTarget.value })}
      />
      <div className={classes.pair}>
        {text('payer_name', 200)}
        {text('payer_email', 320)}
      </div>
      <TimeFields form={form} change={change} />
    </>
  )
}

function AmountFields({ form, change, amountFault }: Props) {
  const { t } = useTranslation('links')
  return (
    <>
      <Choice
        title={t('fields.amount')}
        value={form.kind}
        onChange={(kind) => change({ kind })}
        options={[
          { value: 'fixed', label: t('fields.fixed') },
          { value: 'open', label: t('fields.open') },
        ]}
      />
      <div className={classes.pair}>
        {form.kind === 'fixed' && (
          <TextInput
            label={t('fields.amount')}
            inputMode="decimal"
            required
            value={form.amount}
            error={amountFault ? t('fields.amountFault') : null}
            onChange={(event) => change({ amount: event.currentTarget.value })}
          />
        )}
        <NativeSelect
          label={t('fields.currency')}
          value={form.currency}
          data={[...CURRENCIES]}
          onChange={(event) => change({ currency: event.currentTarget.value })}
        />
      </div>
    </>
  )
}

function TimeFields({ form, change }: Omit<Props, 'amountFault'>) {
  const { t } = useTranslation('links')
  const expiries = EXPIRY_DAYS.map((value) => ({
    value,
    label: value === '' ? t('fields.never') : t('fields.days', { count: Number(value) }),
  }))
  return (
    <div className={classes.pair}>
      <TextInput
        type="date"
        label={t('fields.due_on')}
        value={form.due_on}
        onChange={(event) => change({ due_on: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('fields.expires')}
        value={form.expires}
        data={expiries}
        onChange={(event) => change({ expires: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('fields.language')}
        value={form.language}
        data={[
          { value: '', label: t('fields.payersLanguage') },
          { value: 'en', label: 'English' },
          { value: 'fr', label: 'Français' },
        ]}
        onChange={(event) => {
          const language = event.currentTarget.value
          change({ language: language === 'en' || language === 'fr' ? language : '' })
        }}
      />
    </div>
  )
}
