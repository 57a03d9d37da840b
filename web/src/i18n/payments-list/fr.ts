import type { Words } from '../words.ts'
import type { paymentsList as en } from './en.ts'

export const paymentsList: Words<typeof en> = {
  title: 'Paiements',
  search: 'Rechercher ou filtrer, p. ex. statut:échoué montant:>100',
  count_one: '{{count, number}} paiement',
  count_other: '{{count, number}} paiements',
  one: 'Ouvrir le paiement {{id}}',
  guest: 'Sans nom',
  tabs: {
    all: 'Tous',
    needsAction: 'Action requise',
    succeeded: 'Réussis',
    unpaid: 'Impayés',
    failed: 'Échoués',
    partial: 'Partiels',
    refunded: 'Remboursés',
  },
  empty: {
    title:
      'Aucun paiement pour le moment. Un paiement apparaît ici dès qu’un payeur ouvre une page de paiement ou un lien.',
    link: 'Créer un lien de paiement',
    live: 'Aucun paiement réel pour le moment. Partagez un lien de paiement, ou créez un paiement par API avec une clé de production.',
  },
}
