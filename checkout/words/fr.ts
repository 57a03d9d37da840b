import type { Words } from './en.ts'

/** Every French word of the hosted pages; formal address throughout. */
export const fr: Words = {
  language: 'Langue',
  language_name: 'Français',
  test_banner: 'TEST\u00a0: aucun argent réel ne circule',
  back: 'Revenir chez {merchant}',
  support: 'Une question\u00a0?',
  support_action: 'Contacter {merchant}',
  terms: 'Conditions',
  privacy: 'Confidentialité',
  offline: 'Pas de connexion. Cette page se mettra à jour dès son retour.',
  summary: {
    heading: 'Récapitulatif',
    due: 'Montant à payer',
    remaining: 'Reste à payer',
    paid: 'Montant payé',
    neutral: 'Montant',
    total: 'Total',
    received: 'Reçu',
    reference: 'Référence',
    due_on: 'À régler le {date} au plus tard',
  },
  pay: {
    method: 'Moyen de paiement',
    method_again: 'Réessayez ou choisissez un autre moyen',
    method_rest: 'Comment payer le reste',
    method_other: 'Choisissez un autre moyen',
    pay: 'Payer {amount}',
    again: 'Réessayer\u00a0: payer {amount}',
    busy: 'Un instant…',
  },
  open_amount: {
    label: 'Montant en {currency}',
    go_on: 'Continuer',
    between: 'De {min} à {max}.',
    at_least: 'Au moins {min}.',
    at_most: 'Au plus {max}.',
    missing: 'Saisissez un montant.',
    malformed: 'Saisissez le montant en chiffres, par exemple {example}.',
    too_many_decimals: 'Utilisez au plus {digits} chiffres après la virgule.',
    no_decimals: 'Saisissez un nombre entier\u00a0: {currency} n’a pas de décimales.',
    too_small: 'Le montant est trop petit.',
    too_large: 'Le montant est trop élevé.',
  },
  actions: {
    continue: 'Continuer',
    retry: 'Réessayer',
    restart: 'Recommencer',
    receipt: 'Voir le reçu',
    check: 'Vérifier à nouveau',
    extend: 'J’ai besoin de plus de temps',
  },
  time_left: 'Temps restant pour payer\u00a0: {left}',
  expires_at: 'Cette page est ouverte jusqu’au {time}.',
  states: {
    choose_method: {
      title: 'Choisissez comment payer',
      text: 'Vous terminerez sur une page de paiement sécurisée.',
    },
    open_amount: {
      title: 'Combien souhaitez-vous payer\u00a0?',
      text: 'Vous choisirez le moyen de paiement à l’étape suivante.',
    },
    processing: {
      title: 'Nous confirmons votre paiement',
      text: 'Cela prend en général quelques secondes. Merci de ne pas payer une seconde fois.',
    },
    action_required: {
      title: 'Votre banque vous demande de confirmer',
      text: 'Confirmez le paiement sur la page de votre banque ou dans son application. Cette page se mettra ensuite à jour.',
    },
    paid: {
      title: 'Paiement reçu',
      text: 'Merci. {merchant} a bien reçu votre paiement.',
    },
    paid_waiting_confirmation: {
      title: 'Paiement envoyé',
      text: 'Il attend sa confirmation définitive. Vous n’avez plus rien à faire et pouvez fermer cette page.',
    },
    partial: {
      title: '{received} reçus sur {total}',
      text: 'Choisissez comment payer les {due} restants.',
    },
    pending: {
      title: 'Votre paiement est en cours',
      text: 'Certains moyens demandent quelques jours ouvrés. Merci de ne pas payer une seconde fois\u00a0: cette page indiquera l’arrivée de l’argent.',
    },
    failed: {
      title: 'Le paiement n’a pas abouti',
      text: 'Le paiement n’a pas été accepté. Réessayez ou utilisez un autre moyen.',
    },
    expired: {
      title: 'Le délai de paiement est dépassé',
      text: 'Si vous avez déjà payé, ne payez pas à nouveau\u00a0: votre paiement sera tout de même reconnu.',
    },
    canceled: {
      title: 'Paiement annulé',
      text: 'Ce paiement a été annulé. Vous n’avez plus rien à faire ici.',
    },
    already_paid: {
      title: 'Déjà payé',
      text: 'Ce paiement a déjà été effectué. Il ne reste rien à payer.',
    },
    method_unavailable: {
      title: 'Ce moyen n’est pas disponible actuellement',
      text: 'Veuillez choisir un autre moyen de paiement.',
    },
    maintenance: {
      title: 'Les paiements sont suspendus un instant',
      text: 'Une maintenance est en cours. Rien n’a été débité. Veuillez réessayer dans quelques minutes.',
    },
  },
  no_method: {
    title: 'Aucun moyen de paiement n’est disponible actuellement',
    text: 'Veuillez réessayer plus tard ou contacter {merchant}.',
  },
  one_method: { title: 'Payer {merchant}' },
  link_canceled: 'Cette demande de paiement a été retirée. Il n’y a rien à payer.',
  link_expired: 'Cette demande de paiement a expiré. Demandez-en une nouvelle à {merchant}.',
  link_open: {
    title: '{merchant} vous demande un paiement',
    text: 'Vous choisirez le moyen de paiement à l’étape suivante.',
  },
  reasons: {
    card_declined:
      'Votre banque a refusé la carte. Essayez une autre carte ou demandez-lui la raison.',
    insufficient_funds:
      'La provision de la carte ou du compte est insuffisante. Utilisez-en un autre.',
    invalid_card:
      'Les données de la carte n’ont pas été acceptées. Vérifiez le numéro, la date et le cryptogramme.',
    expired_card: 'La carte a expiré. Utilisez une autre carte.',
    authentication_failed:
      'Votre banque n’a pas pu confirmer votre identité. Réessayez en suivant ses étapes.',
    fraud_block: 'Le paiement a été refusé par sécurité. Utilisez un autre moyen.',
    processing_error:
      'Un problème est survenu chez le prestataire de paiement. Réessayez dans un instant.',
    customer_canceled: 'Le paiement a été interrompu avant la fin. Vous pouvez recommencer.',
    session_expired: 'La page de paiement est restée ouverte trop longtemps. Réessayez.',
    gateway_timeout:
      'Le prestataire de paiement n’a pas terminé à temps. Si votre banque affiche ce paiement, ne payez pas à nouveau.',
    other: 'Le paiement n’a pas été accepté. Réessayez ou utilisez un autre moyen.',
  },
  receipt: {
    title: 'Reçu',
    number: 'Numéro de reçu',
    date: 'Payé le',
    payer: 'Payé par',
    method: 'Moyen de paiement',
    card: '{brand} se terminant par {last4}',
    payment: 'Paiement',
    reference: 'Référence',
    gateway: 'Référence du prestataire',
    details: 'Détail',
    total: 'Total',
    paid: 'Payé',
    refund_on: 'Remboursé le {date}',
    net: 'Payé après remboursements',
    stamp_full: 'Remboursé',
    stamp_part: 'Remboursé en partie',
    print: 'Imprimer',
    test_mark: 'TEST\u00a0: sans valeur de preuve de paiement',
  },
  messages: {
    not_found: {
      title: 'Page introuvable',
      text: 'L’adresse est incomplète ou n’est plus valable. Vérifiez le lien que vous avez reçu.',
    },
    link_expired: {
      title: 'Ce lien de paiement a expiré',
      text: 'Demandez-en un nouveau à la personne qui vous l’a envoyé.',
    },
    link_canceled: {
      title: 'Ce lien de paiement a été retiré',
      text: 'Il n’y a rien à payer.',
    },
    too_many_requests: {
      title: 'Trop de tentatives',
      text: 'Veuillez patienter une minute, puis réessayer.',
    },
    error: {
      title: 'Un problème est survenu de notre côté',
      text: 'Si vous étiez en train de payer, vérifiez à nouveau cette page avant de payer une seconde fois.',
    },
    maintenance: {
      title: 'Les paiements sont suspendus un instant',
      text: 'Une maintenance est en cours. Veuillez réessayer dans quelques minutes.',
    },
  },
  request_id: 'Requête {id}',
}
