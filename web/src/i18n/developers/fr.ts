import type { Words } from '../words.ts'
import type { developers as en } from './en.ts'

export const developers: Words<typeof en> = {
  title: 'Clés d’API',
  reference: 'Référence de l’API',
  create: 'Créer une clé d’API',
  none: 'Aucune clé d’API dans cet environnement. Créez-en une pour appeler Florin depuis vos logiciels.',
  name: 'Nom',
  prefix: 'Commence par',
  scopes: 'Droits',
  scopesCount_one: '{{count}} droit',
  scopesCount_other: '{{count}} droits',
  lastUsed: 'Dernier usage',
  never: 'Jamais',
  expires: 'Expire',
  state: 'État',
  states: { active: 'Active', revoked: 'Révoquée', expired: 'Expirée' },
  created: 'Créée',
  action: 'Geste',
  revoke: 'Révoquer',
  revokeOf: 'Révoquer {{name}}',
  revokeTitle: 'Révoquer cette clé ?',
  revokeText:
    'Les logiciels qui utilisent « {{name}} » seront refusés dès leur prochaine requête. Il n’y a pas de retour en arrière.',
  revoked: 'Clé révoquée.',
  dialog: {
    title: 'Créer une clé d’API',
    name: 'Nom',
    nameHint: 'Ce qui l’utilise, pour savoir ce qui s’arrête quand vous la révoquez.',
    expiry: 'Expire',
    expiries: { never: 'Jamais', d30: 'Dans 30 jours', d90: 'Dans 90 jours', d365: 'Dans un an' },
    scopes: 'Ce qu’elle peut faire',
    mode: {
      test: 'Cette clé ne fonctionne qu’en mode test.',
      live: 'Cette clé fonctionne en production : elle déplace de l’argent réel.',
    },
    all: 'Tout choisir',
    noneChosen: 'Ne rien choisir',
    reading: 'Lecture seulement',
    personOnly:
      'Certaines autorisations demandent une personne et ne sont jamais données à une clé.',
    create: { test: 'Créer la clé de test', live: 'Créer la clé de production' },
  },
  secret: {
    title: 'Votre nouvelle clé',
    text: 'Copiez-la maintenant : Florin n’en garde qu’une empreinte et ne peut plus la montrer.',
    label: 'Copier la clé',
    done: 'Je l’ai copiée',
  },
}
