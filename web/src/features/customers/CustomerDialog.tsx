import { TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useIntent } from '../../api/intent.ts'
import { keyOf } from '../../api/read.ts'
import type { Customer } from '../../api/wire.ts'
import { ConfirmDialog } from '../../ui/Dialog.tsx'
import { type CustomerForm, customerBody, formOf } from './customer-form.ts'

type Props = {
  /** Null: a new one. */
  readonly customer: Customer | null
  readonly onClose: () => void
  readonly onDone: (customer: Customer) => void
}

/** Adds a customer, or changes what is known of one. */
export function CustomerDialog({ customer, onClose, onDone }: Props) {
  const { t } = useTranslation('customers')
  const client = useQueryClient()
  const [form, setForm] = useState<CustomerForm>(() => formOf(customer))
  const add = useIntent('POST /v1/customers', 'new-customer')
  const edit = useIntent('PATCH /v1/customers/{id}', `customer.${customer?.id ?? ''}`)
  const { sending, fault } = customer === null ? add : edit
  const save = async () => {
    const body = customerBody(form)
    const saved = await (customer === null
      ? add.run({ body })
      : edit.run({ id: customer.id, body }))
    if (saved === null) return
    void client.invalidateQueries({ queryKey: keyOf('/v1/customers') })
    onClose()
    onDone(saved)
  }
  return (
    <ConfirmDialog
      opened
      onClose={onClose}
      title={t(customer === null ? 'add.title' : 'edit.title')}
      onConfirm={() => void save()}
      confirmLabel={t(customer === null ? 'add.confirm' : 'edit.confirm')}
      sending={sending}
      fault={fault}
      disabled={Object.keys(customerBody(form)).length === 0}
    >
      <Fields form={form} change={(patch) => setForm({ ...form, ...patch })} />
    </ConfirmDialog>
  )
}

type FieldsProps = {
  readonly form: CustomerForm
  readonly change: (patch: Partial<CustomerForm>) => void
}

function Fields({ form, change }: FieldsProps) {
  const { t } = useTranslation('customers')
  return (
    <>
      <TextInput
        label={t('columns.name')}
        value={form.name}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => change({ name: event.currentTarget.value })}
      />
      <TextInput
        type="email"
        label={t('columns.email')}
        value={form.email}
        maxLength={320}
        autoComplete="off"
        onChange={(event) => change({ email: event.currentTarget.value })}
      />
      <TextInput
        label={t('columns.label')}
        description={t('labelWhy')}
        value={form.label}
        maxLength={200}
        onChange={(event) => change({ label: event.currentTarget.value })}
      />
      <TextInput
        label={t('columns.country')}
        description={t('countryWhy')}
        value={form.country}
        maxLength={2}
        pattern="[A-Za-z]{2}"
        onChange={(event) => change({ country: event.currentTarget.value })}
      />
    </>
  )
}
