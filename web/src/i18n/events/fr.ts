import type { Words } from '../words.ts'
import type { events as en } from './en.ts'

export const events: Words<typeof en> = {
  title: 'Événements',
  count_one: '{{count, number}} événement',
  count_other: '{{count, number}} événements',
  one: 'Ouvrir l’événement {{id}}',
  page: 'Événement {{id}}',
  facts: 'Événement',
  data: 'Données',
  json: 'Données en JSON',
  empty: 'Aucun événement pour le moment. Chaque changement d’un paiement en annonce un.',
  columns: {
    created_at: 'Quand',
    what: 'Ce qui s’est passé',
    type: 'Nature',
    object_id: 'Objet',
    object_version: 'Révision',
    id: 'Identifiant',
  },
}
