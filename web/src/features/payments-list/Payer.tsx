import { useTranslation } from 'react-i18next'
import type { Payment } from '../../api/wire.ts'

/** Who pays, as far as is known: the customer, else what the payer said. */
export function Payer({ payment }: { readonly payment: Payment }) {
  const { t } = useTranslation('paymentsList')
  const { customer, payer_name, payer_email } = payment
  const name = customer?.name ?? payer_name
  const email = customer?.email ?? payer_email
  if (name === null && email === null) return <span className="florin-muted">{t('guest')}</span>
  return <>{name ?? email}</>
}
