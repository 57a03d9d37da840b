import type { Customer } from '../../api/wire.ts'

export type CustomerForm = {
  readonly name: string
  readonly email: string
  readonly label: string
  readonly country: string
}

export const formOf = (customer: Customer | null): CustomerForm => ({
  name: customer?.name ?? '',
  email: customer?.email ?? '',
  label: customer?.label ?? '',
  country: customer?.country ?? '',
})

/** What is sent: trimmed, without the empty fields, the country in capitals. */
export function customerBody(form: CustomerForm): Partial<CustomerForm> {
  const country = form.country.trim().toUpperCase()
  const fields = Object.entries({ ...form, country }).map(([key, text]) => [key, text.trim()])
  return Object.fromEntries(fields.filter(([, text]) => text !== ''))
}
