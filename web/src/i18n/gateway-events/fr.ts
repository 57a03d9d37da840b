import type { Words } from '../words.ts'
import type { gatewayEvents as en } from './en.ts'

export const gatewayEvents: Words<typeof en> = {
  title: 'Événements de passerelle',
  search: 'Rechercher ou filtrer, p. ex. statut:mis_de_côté type:charge.succeeded',
  count_one: '{{count, number}} événement de passerelle',
  count_other: '{{count, number}} événements de passerelle',
  number: '{{count, number}}',
  one: 'Ouvrir l’événement de passerelle {{id}}',
  page: 'Événement de passerelle {{id}}',
  ownPage: 'Ouvrir dans sa propre page',
  transaction: 'Opération',
  changed: 'Ce qu’il a changé',
  nothing: 'Rien.',
  headers: 'En-têtes',
  body: 'Corps, tel que reçu',
  noBody: 'Le corps n’est pas conservé, ou vous ne pouvez pas le voir.',
  empty:
    'Aucun événement de passerelle pour le moment. Les passerelles signalent ici ce qui s’est passé chez elles.',
  toGateways: 'Où les passerelles doivent les envoyer',
  tabs: { all: 'Tous', parked: 'Mis de côté', refused: 'Refusés', applied: 'Appliqués' },
  columns: {
    received_at: 'Réception',
    id: 'Événement',
    type: 'Nature',
    gateway: 'Passerelle',
    status: 'Statut',
    verdict: 'Vérification',
    reason: 'Motif',
    object_ref: 'Réf. passerelle',
    payment_id: 'Paiement',
    deliveries: 'Nombre de réceptions',
    applied_at: 'Application',
  },
  replay: {
    run: 'Rejouer',
    why: 'Interroge de nouveau la passerelle et applique sa réponse. Rien ne peut se produire deux fois.',
    done: 'Rejoué. Statut : {{status}}.',
  },
}
