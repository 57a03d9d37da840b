import type { Words } from '../words.ts'
import type { refunds as en } from './en.ts'

export const refunds: Words<typeof en> = {
  title: 'Remboursements',
  search: 'Rechercher ou filtrer, p. ex. statut:échoué montant:>100',
  count_one: '{{count, number}} remboursement',
  count_other: '{{count, number}} remboursements',
  one: 'Ouvrir le remboursement {{id}}',
  page: 'Remboursement {{id}}',
  facts: 'Remboursement',
  transaction: 'Opération',
  empty:
    'Aucun remboursement pour le moment. Ouvrez un paiement encaissé pour le rembourser en tout ou partie.',
  toPayments: 'Aller aux paiements',
  tabs: { all: 'Tous', underWay: 'En cours', done: 'Effectués', failed: 'Échoués' },
  columns: {
    created_at: 'Création',
    id: 'Remboursement',
    payment_id: 'Paiement',
    customer: 'Client',
    amount: 'Montant',
    reason: 'Motif',
    status: 'Statut',
    created_by: 'Créé par',
    gateway: 'Passerelle',
    source: 'Lancé depuis',
    gateway_ref: 'Réf. passerelle',
    message: 'Message reçu',
    updated_at: 'Mise à jour',
  },
}
