import type { Words } from '../words.ts'
import type { home as en } from './en.ts'

export const home: Words<typeof en> = {
  title: 'Accueil',
  needsAction: 'Action requise',
  nothing: 'Rien ne demande votre attention pour le moment.',
  today: 'Aujourd’hui',
  received: 'Reçu, {{currency}}',
  payments_one: '{{count}} paiement',
  payments_other: '{{count}} paiements',
  refunded: '{{amount}} remboursés',
  succeeded: 'Réussis',
  failed: 'Échoués',
  rate: 'Taux de réussite',
  lastWeek: 'même jour la semaine passée, à cette heure : {{count}}',
  noneToday: 'Aucun argent reçu aujourd’hui.',
  recent: 'Derniers paiements',
  all: 'Tous les paiements',
  status: 'Statut',
  amount: 'Montant',
  payer: 'Client',
  reference: 'Référence',
  created: 'Créé',
  testPayment: 'Faire un paiement d’essai',
  openCheckout: 'Votre navigateur n’a pas ouvert d’onglet. Ouvrir la page de paiement',
  started:
    'La page de paiement est ouverte dans un nouvel onglet. Payez-y ; le paiement apparaîtra ici de lui-même.',
  empty: {
    title: 'Aucun paiement pour l’instant.',
    test: 'Faites un paiement d’essai : choisissez une carte de test sur la page de paiement, payez, et voyez-le arriver ici.',
    live: 'Votre premier paiement en production apparaîtra ici de lui-même.',
  },
}
