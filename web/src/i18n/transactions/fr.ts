import type { Words } from '../words.ts'
import type { transactions as en } from './en.ts'

export const transactions: Words<typeof en> = {
  title: 'Transactions',
  search: 'Rechercher ou filtrer, p. ex. statut:rejetée type:remboursement',
  count_one: '{{count, number}} transaction',
  count_other: '{{count, number}} transactions',
  one: 'Ouvrir la transaction {{id}}',
  page: 'Transaction {{id}}',
  facts: 'Transaction',
  state: 'Étape',
  reason: 'Motif de l’échec',
  account: 'Compte de passerelle',
  manual: 'Faite à la main',
  yes: 'Oui',
  no: 'Non',
  atGateway: 'Voir chez la passerelle',
  empty:
    'Aucune transaction pour le moment. Il en apparaît une à chaque tentative d’encaissement ou de remboursement.',
  toPayments: 'Aller aux paiements',
  columns: {
    created_at: 'Création',
    id: 'Transaction',
    payment_id: 'Paiement',
    type: 'Nature',
    amount: 'Montant',
    approved_amount: 'Approuvé',
    gateway: 'Passerelle',
    method: 'Moyen de paiement',
    status: 'Statut',
    message: 'Détail',
    gateway_ref: 'Réf. passerelle',
    attempts: 'Demandes envoyées',
    updated_at: 'Mise à jour',
  },
}
