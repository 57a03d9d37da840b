import type { Vocabulary } from '../vocabulary.ts'
import * as keys from './keys.ts'

export const CUSTOMERS: Vocabulary = {
  list: 'customers',
  meta: false,
  keys: {
    name: { ...keys.payerName, also: 'customer client user contact' },
    email: keys.email,
    label: { type: 'text', fr: 'libellé', also: 'ref', nullable: true, search: ['fragment'] },
    created: keys.created,
    updated: keys.updated,
    country: keys.country,
    env: keys.env,
    id: keys.ownId('cus'),
  },
  flags: { test: keys.TEST },
}

export const GATEWAY_EVENTS: Vocabulary = {
  list: 'gateway_events',
  meta: false,
  keys: {
    status: keys.status({
      waiting: { fr: 'en_attente', also: 'pending new received recu' },
      applied: { fr: 'appliqué', also: 'processed done traite' },
      duplicate: { fr: 'doublon', also: 'repeated' },
      parked: { fr: 'mis_de_côté', also: 'held' },
      refused: { fr: 'refusé', also: 'rejected rejete' },
    }),
    type: { type: 'text', fr: 'type', search: ['fragment'] },
    gateway: { ...keys.gateway, nullable: false },
    gateway_account: { ...keys.gatewayAccount, nullable: false },
    received: { ...keys.created, fr: 'reçu', also: 'created created_at received_at date' },
    applied: keys.timeReached('appliqué', 'applied_at processed'),
    payment: { ...keys.payment, nullable: true },
    transaction: keys.transaction,
    gref: { ...keys.gref, also: 'gateway_ref object object_ref objet' },
    verdict: { type: 'text', fr: 'verdict', exact: 'lower' },
    reason: keys.reasonInWords,
    env: keys.env,
    id: keys.ownId('gev'),
  },
  flags: { test: keys.TEST },
}

export const EXPORTS: Vocabulary = {
  list: 'exports',
  meta: false,
  keys: {
    status: keys.status({
      waiting: { fr: 'en_attente', also: 'queued pending new' },
      running: { fr: 'en_cours', also: 'processing in_progress' },
      done: { fr: 'prêt', also: 'ready succeeded completed finished termine' },
      failed: { fr: 'échoué', also: 'echec' },
      canceled: { fr: 'annulé', also: 'cancelled' },
    }),
    list: { type: 'text', fr: 'liste', exact: 'lower', search: ['fragment'] },
    created: keys.created,
    finished: keys.timeReached('terminé', 'finished_at'),
    by: { ...keys.by, search: ['fragment'] },
    env: keys.env,
    id: keys.ownId('exp'),
  },
  flags: { test: keys.TEST },
}
