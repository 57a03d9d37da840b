/**
 * The columns of the payments list under the API's own field names, with the words that people
 * read. A file of a list has these words as its first line.
 */
export const PAYMENT_COLUMNS = {
  created_at: { en: 'Created', fr: 'Session créée' },
  id: { en: 'Payment', fr: 'Paiement' },
  session_id: { en: 'Session', fr: 'ID de session' },
  customer: { en: 'Customer', fr: 'Client' },
  payer_name: { en: 'Payer name', fr: 'Nom' },
  payer_email: { en: 'E-mail', fr: 'E-mail' },
  reference: { en: 'Reference', fr: 'Référence' },
  description: { en: 'Description', fr: 'Libellé' },
  amount: { en: 'Amount', fr: 'Montant' },
  currency: { en: 'Currency', fr: 'Devise' },
  captured_amount: { en: 'Received', fr: 'Encaissé' },
  refunded_amount: { en: 'Refunded', fr: 'Remboursé' },
  fee_amount: { en: 'Fee', fr: 'Frais' },
  net_amount: { en: 'Net', fr: 'Montant net' },
  credited_amount: { en: 'Balance amount', fr: 'Crédit au solde' },
  gateway: { en: 'Gateway', fr: 'Passerelle' },
  method: { en: 'Method', fr: 'Moyen de paiement' },
  status: { en: 'Status', fr: 'Statut' },
  reason: { en: 'Failure reason', fr: 'Motif d’échec' },
  gateway_ref: { en: 'Gateway reference', fr: 'Réf. passerelle' },
  card: { en: 'Card', fr: 'Carte' },
  country: { en: 'Country', fr: 'Pays' },
  purpose: { en: 'Type', fr: 'Nature' },
  source: { en: 'Source', fr: 'Origine' },
  shop: { en: 'Shop', fr: 'Boutique' },
  created_by: { en: 'Created by', fr: 'Créé par' },
  link_id: { en: 'Payment link', fr: 'Lien de paiement' },
  updated_at: { en: 'Updated', fr: 'Mis à jour' },
  processed_at: { en: 'Processed', fr: 'Traité' },
  expires_at: { en: 'Expires', fr: 'Expire' },
  mode: { en: 'Environment', fr: 'Environnement' },
} as const satisfies Readonly<Record<string, { readonly en: string; readonly fr: string }>>

export type PaymentColumn = keyof typeof PAYMENT_COLUMNS

export const isPaymentColumn = (key: string): key is PaymentColumn =>
  Object.hasOwn(PAYMENT_COLUMNS, key)

/** Amounts say nothing without their currency, so a file with one of these has it too. */
export const MONEY_COLUMNS: readonly PaymentColumn[] = [
  'amount',
  'captured_amount',
  'refunded_amount',
  'fee_amount',
  'net_amount',
  'credited_amount',
]
