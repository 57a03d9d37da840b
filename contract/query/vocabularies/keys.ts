import type { FailureReason } from '../../payments.ts'
import type { KeySpec, ValueSpec, WordSpec } from '../vocabulary.ts'
import { CURRENCY_CODES } from './currencies.ts'

/** Keys that several lists have, with one meaning and the same words in each. */

/** A list's own id. */
export const ownId = (prefix: string): KeySpec => ({
  type: 'id',
  fr: 'identifiant',
  ids: [prefix],
})

export const payment: KeySpec = {
  type: 'id',
  fr: 'paiement',
  also: 'payment_id',
  ids: ['pay'],
}

export const transaction: KeySpec = {
  type: 'id',
  fr: 'transaction',
  also: 'transaction_id',
  ids: ['txn'],
  nullable: true,
}

const time = (fr: string, also: string, nullable: boolean): KeySpec => ({
  type: 'date',
  fr,
  also,
  nullable,
})

export const created = time('créé', 'created_at date creation', false)
export const updated = time('modifié', 'updated_at mis_a_jour', false)
export const expires = time('expire', 'expires_at expiry expiration', true)
/** A time a row does not have until it has come. */
export const timeReached = (fr: string, also: string): KeySpec => time(fr, also, true)

export const amount: KeySpec = {
  type: 'money',
  fr: 'montant',
  also: 'value total valeur',
  search: ['amount'],
}

export const currency: KeySpec = {
  type: 'code',
  fr: 'devise',
  also: 'monnaie',
  code: { pattern: /^[A-Z]{3,5}$/, example: 'EUR', known: CURRENCY_CODES },
}

export const country: KeySpec = {
  type: 'code',
  fr: 'pays',
  nullable: true,
  code: { pattern: /^[A-Z]{2}$/, example: 'FR' },
}

export const ref: KeySpec = {
  type: 'text',
  fr: 'référence',
  also: 'reference',
  nullable: true,
  search: ['fragment'],
}

export const email: KeySpec = {
  type: 'text',
  fr: 'courriel',
  also: 'mail guest_email',
  nullable: true,
  search: ['email', 'fragment'],
}

export const payerName: KeySpec = {
  type: 'name',
  fr: 'nom',
  also: 'payer_name payer payeur',
  nullable: true,
  search: ['fragment'],
}

/** What a row says in words: its description. */
export const text: KeySpec = {
  type: 'name',
  fr: 'texte',
  also: 'description desc',
  nullable: true,
  search: ['fragment'],
}

/** Somebody or something with an id of ours and a name that people know. */
const named = (fr: string, also: string, ids: readonly string[]): KeySpec => ({
  type: 'name',
  fr,
  also,
  ids,
  nullable: true,
})

export const customer = named('client', 'user contact utilisateur', ['cus'])
export const shop = { ...named('boutique', 'application app', ['shp']), nullable: false }
export const by = named('créé_par', 'par created_by member', ['mem', 'key'])
export const gatewayAccount = named('compte_passerelle', 'account compte', ['gwa'])

export const gateway: KeySpec = {
  type: 'text',
  fr: 'passerelle',
  also: 'gw',
  nullable: true,
  exact: 'lower',
}

export const method: KeySpec = {
  type: 'text',
  fr: 'moyen',
  also: 'payment_method moyen_de_paiement',
  nullable: true,
  exact: 'lower',
}

export const gref: KeySpec = {
  type: 'text',
  fr: 'réf_passerelle',
  also: 'gateway_ref stripe_reference',
  nullable: true,
  exact: 'typed',
  search: ['gateway_ref'],
}

export const env: KeySpec = {
  type: 'enum',
  fr: 'environnement',
  also: 'environment mode',
  values: {
    test: { fr: 'test', also: 'sandbox bac_a_sable' },
    live: { fr: 'réel', also: 'production prod' },
    both: { fr: 'les_deux', also: 'all tous', expands: ['test', 'live'] },
  },
}

/** Groups of stored reasons, and reasons that only transactions have. */
type OtherReason = 'customer_closed' | 'refund_refused' | 'unsupported'

/** Why money did not come, with the words that shops and gateways use for it. */
const REASONS = {
  card_declined: { fr: 'carte_refusée', also: 'declined refusee' },
  insufficient_funds: { fr: 'fonds_insuffisants', also: 'provision_insuffisante' },
  invalid_card: { fr: 'carte_invalide' },
  expired_card: { fr: 'carte_expirée' },
  authentication_failed: { fr: 'authentification_échouée', also: '3ds' },
  fraud_block: { fr: 'blocage_fraude', also: 'fraud fraude' },
  processing_error: { fr: 'erreur_technique', also: 'technical_error' },
  customer_canceled: { fr: 'abandon_client', also: 'customer_cancelled' },
  session_expired: { fr: 'session_expirée' },
  gateway_timeout: { fr: 'délai_passerelle', also: 'timeout' },
  refund_refused: { fr: 'remboursement_refusé' },
  unsupported: { fr: 'non_pris_en_charge' },
  other: { fr: 'autre' },
  customer_closed: {
    fr: 'fenêtre_fermée',
    also: 'closed_window',
    expands: ['customer_canceled', 'session_expired'],
  },
} as const satisfies Record<FailureReason | OtherReason, ValueSpec>

export const reason: KeySpec = {
  type: 'enum',
  fr: 'motif',
  also: 'failure_reason failure motif_echec',
  nullable: true,
  values: REASONS,
}

/** A reason that staff or a gateway wrote in words of their own. */
export const reasonInWords: KeySpec = {
  type: 'name',
  fr: 'motif',
  nullable: true,
  search: ['fragment'],
}

export const status = (values: Readonly<Record<string, ValueSpec>>): KeySpec => ({
  type: 'enum',
  fr: 'statut',
  also: 'etat',
  values,
})

export const TEST: WordSpec = { fr: 'test', also: 'sandbox' }
export const MANUAL: WordSpec = { fr: 'manuel', also: 'manuelle' }
