import type { Words } from '../words.ts'
import type { settings as en } from './en.ts'

export const settings: Words<typeof en> = {
  title: 'Paramètres',
  profile: 'Profil',
  name: 'Nom',
  email: 'Adresse e-mail',
  merchant: 'Entreprise',
  timeZone: 'Fuseau horaire',
  timeZoneHint: 'Toutes les heures y sont affichées.',
  currency: 'Devise principale',
  display: 'Affichage',
  language: 'Langue',
  colours: 'Couleurs',
  keys: 'Raccourcis d’une seule touche',
  keysHint:
    'Des lettres comme « u » pour rembourser. Désactivez-les si vous dictez ou appuyez parfois par mégarde.',
  session: 'Session en cours',
  signOut: 'Se déconnecter',
  audit: {
    title: 'Journal d’audit',
    intro:
      'Ce que les personnes et les clés ont fait, relié par une chaîne d’empreintes : une ligne changée ou absente se voit.',
    at: 'Heure',
    actor: 'Qui',
    action: 'Geste',
    object: 'Objet',
    reason: 'Motif',
    more: 'Détails',
    changes: 'Changements, requête et adresse',
    sealed: 'Scellé',
    notSealed: 'Pas encore scellé',
    chain: 'Chaîne',
    newer: 'Plus récents',
    older: 'Plus anciens',
    pages: 'Pages du journal d’audit',
    none: 'Rien n’a encore été enregistré.',
    verify: 'Vérifier la chaîne',
    ok_one: 'La chaîne est intacte : {{count}} entrée vérifiée.',
    ok_other: 'La chaîne est intacte : {{count}} entrées vérifiées.',
    bad: 'La chaîne est rompue à {{id}}. Gardez cette base en l’état et prévenez votre administrateur.',
  },
}
