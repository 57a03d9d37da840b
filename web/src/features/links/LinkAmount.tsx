import { useTranslation } from 'react-i18next'
import type { PaymentLink } from '../../api/wire.ts'
import { Money } from '../../ui/Money.tsx'

/** What the link asks for; without an amount the payer chooses one. */
export function LinkAmount({ link }: { readonly link: PaymentLink }) {
  const { t } = useTranslation('links')
  if (link.amount !== null) return <Money of={link.amount} />
  return <span>{t('openAmount', { currency: link.currency })}</span>
}
