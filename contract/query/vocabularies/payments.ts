import type { PaymentFlag, PaymentStatus, Purpose } from '../../payments.ts'
import type { ValueSpec, Vocabulary, WordSpec } from '../vocabulary.ts'
import * as keys from './keys.ts'

const IN_PROGRESS = ['open', 'processing', 'authorized', 'partially_paid']

/** Words of five products, in English and French, for the eight stored statuses and two groups. */
const STATUS = {
  open: { fr: 'en_attente', also: 'waiting attente ouvert' },
  processing: { fr: 'en_cours', also: 'pending traitement' },
  authorized: { fr: 'autorisé', also: 'authorised covered couvert' },
  partially_paid: { fr: 'partiel', also: 'partial partiellement_paye' },
  succeeded: {
    fr: 'payé',
    also:
      'paid completed complete success successful approved settled activated reussi termine ' +
      'encaisse',
  },
  failed: { fr: 'échoué', also: 'unsuccessful rejected declined echec refuse rejete' },
  canceled: { fr: 'annulé', also: 'cancelled' },
  expired: { fr: 'expiré', also: 'abandoned abandonne' },
  unpaid: {
    fr: 'impayé',
    also: 'not_paid non_paye',
    expands: [...IN_PROGRESS, 'failed', 'canceled', 'expired'],
  },
  in_progress: { fr: 'inachevé', also: 'unfinished ongoing', expands: IN_PROGRESS },
} as const satisfies Record<PaymentStatus | 'unpaid' | 'in_progress', ValueSpec>

/** Purposes are modules; the words of those to come are known already. */
type LaterPurpose = 'order' | 'door' | 'device' | 'deposit'

const PURPOSE = {
  api: { fr: 'api' },
  link: { fr: 'lien', also: 'payment_link request_to_pay lien_a_la_volee' },
  top_up: { fr: 'rechargement', also: 'topup recharge' },
  order: { fr: 'commande', also: 'invoice facture' },
  door: { fr: 'porte' },
  device: { fr: 'appareil' },
  deposit: { fr: 'dépôt' },
} as const satisfies Record<Purpose | LaterPurpose, ValueSpec>

const FLAGS = {
  needs_action: { fr: 'action_requise', also: 'action action_required a_traiter' },
  partial: { fr: 'partiel', also: 'partially_paid' },
  overpaid: { fr: 'trop_perçu', also: 'trop_paye' },
  refunded: { fr: 'remboursé', also: 'fully_refunded' },
  partly_refunded: { fr: 'remboursé_en_partie', also: 'partially_refunded' },
  disputed: { fr: 'contesté', also: 'chargeback litige' },
  manual: keys.MANUAL,
  late: { fr: 'tardif', also: 'en_retard' },
  test: keys.TEST,
  uncredited: { fr: 'non_crédité', also: 'not_credited' },
} as const satisfies Record<PaymentFlag | 'test', WordSpec>

/** The order is the one in which keys are offered. */
export const PAYMENTS: Vocabulary = {
  list: 'payments',
  meta: true,
  keys: {
    status: { ...keys.status(STATUS), also: 'state etat', flagWords: true },
    amount: keys.amount,
    currency: keys.currency,
    created: keys.created,
    gateway: keys.gateway,
    method: keys.method,
    customer: keys.customer,
    email: keys.email,
    name: keys.payerName,
    ref: keys.ref,
    shop: keys.shop,
    env: keys.env,
    reason: keys.reason,
    purpose: { type: 'enum', fr: 'objet', also: 'type', values: PURPOSE },
    source: {
      type: 'enum',
      fr: 'origine',
      also: 'channel canal',
      values: {
        api: { fr: 'api' },
        link: { fr: 'lien', also: 'payment_link' },
        checkout: { fr: 'page_de_paiement', also: 'shop boutique plugin' },
        dashboard: { fr: 'back_office', also: 'staff tableau_de_bord' },
        gateway: { fr: 'passerelle' },
      },
    },
    by: keys.by,
    id: { ...keys.ownId('pay'), also: 'payment payment_id paiement' },
    session: { type: 'id', fr: 'session', also: 'session_id', ids: ['cks'], nullable: true },
    link: { type: 'id', fr: 'lien', also: 'payment_link', ids: ['lnk'], nullable: true },
    updated: keys.updated,
    processed: keys.timeReached('traité', 'processed_at paid_at'),
    expires: keys.expires,
    credited: {
      type: 'money',
      fr: 'crédité',
      also: 'balance_amount solde',
      nullable: true,
    },
    fee: { type: 'money', fr: 'frais', also: 'commission fees' },
    refunded: { type: 'money', fr: 'remboursé', also: 'refunded_amount' },
    gateway_account: keys.gatewayAccount,
    gref: keys.gref,
    brand: { type: 'text', fr: 'réseau', also: 'card carte', nullable: true },
    last4: {
      type: 'code',
      fr: 'fin_carte',
      also: 'last_4',
      nullable: true,
      code: { pattern: /^[0-9]{4}$/, example: '4242' },
      search: ['last4'],
    },
    country: keys.country,
    text: keys.text,
  },
  flags: FLAGS,
}
