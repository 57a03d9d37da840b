import type { Words } from '../words.ts'
import type { testTools as en } from './en.ts'

export const testTools: Words<typeof en> = {
  title: 'Outils de test',
  onlyTest: 'Ces outils n’existent qu’en mode test.',
  goTest: 'Passer en mode test',
  switches: {
    title: 'Passerelle bac à sable : ce qu’elle fait de travers',
    intro:
      'Le bac à sable se comporte bien tant que vous ne lui demandez pas le contraire. Tout ce qui suit ne concerne que les paiements d’essai.',
    save: 'Enregistrer',
    saved: 'Enregistré. Le bac à sable se comporte maintenant ainsi.',
    reset: 'Tout remettre en ordre',
    resetDone: 'Le bac à sable se comporte de nouveau bien et envoie ce qu’il retenait.',
    unit: {
      duplicate_events: 'copies en plus, de 0 à 100',
      delay_events_ms: 'millisecondes, de 0 à 600 000',
      answer_delay_ms: 'millisecondes, de 0 à 60 000',
    },
    invalid: 'Saisissez un nombre entier de 0 à {{max}}.',
    duplicate_events: 'Envoyer les événements plusieurs fois',
    duplicate_eventsText:
      'Chaque événement arrive avec autant de copies ; il ne doit compter qu’une fois.',
    delay_events_ms: 'Envoyer les événements en retard',
    delay_events_msText: 'Chaque événement attend ce temps avant d’être envoyé.',
    answer_delay_ms: 'Répondre lentement',
    answer_delay_msText: 'Chaque réponse à Florin prend ce temps en plus.',
    reorder_events: 'Envoyer les événements dans le désordre',
    reorder_eventsText:
      'Des événements récents dépassent les anciens, par exemple un remboursement avant son débit.',
    lose_events: 'Perdre les événements',
    lose_eventsText: 'Aucun événement n’est envoyé ; Florin doit se renseigner lui-même.',
    corrupt_events: 'Corrompre les événements',
    corrupt_eventsText: 'Les signatures sont fausses ; Florin doit les refuser.',
    fail_after_charging: 'Échouer après le débit',
    fail_after_chargingText: 'Le débit est fait, mais la réponse est une erreur (500).',
    cut_after_charging: 'Couper la ligne après le débit',
    cut_after_chargingText: 'Le débit est fait, mais aucune réponse n’arrive.',
  },
  cards: {
    title: 'Cartes de test',
    intro: 'Toute date à venir et trois chiffres quelconques conviennent.',
    number: 'Numéro',
    result: 'Ce qui se passe',
    copy: 'Copier le numéro de carte {{number}}',
  },
  events: {
    title: 'Événements envoyés par le bac à sable',
    type: 'Événement',
    charge: 'Débit',
    status: 'Livraison',
    attempts: 'Essais',
    answer: 'Dernière réponse',
    created: 'Créé',
    resend: 'Renvoyer',
    resendOf: 'Renvoyer {{type}} de {{charge}}',
    resent: 'Envoyé de nouveau.',
    none: 'Le bac à sable n’a encore rien envoyé. Faites un paiement d’essai depuis l’accueil.',
    action: 'Geste',
  },
}
