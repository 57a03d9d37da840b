import type { Words } from '../words.ts'
import type { faults as en } from './en.ts'

export const faults: Words<typeof en> = {
  retry: 'Réessayer',
  theMaximum: 'le maximum indiqué',
  requestId: 'Requête',
  copyRequestId: 'Copier l’identifiant de la requête',
  toHome: 'Retour à l’accueil',
  broken: 'Cette page n’a pas pu s’afficher',
  retryInSeconds_one: 'Réessayez dans {{count}} seconde.',
  retryInSeconds_other: 'Réessayez dans {{count}} secondes.',
  retryInMinutes_one: 'Réessayez dans {{count}} minute.',
  retryInMinutes_other: 'Réessayez dans {{count}} minutes.',
  notFound: {
    heading: 'Introuvable',
    title: 'Il n’y a rien à cette adresse.',
    advice:
      'L’objet appartient peut-être à l’autre environnement (test ou production), ou le lien est incomplet.',
  },
  forbidden: {
    title: 'Accès refusé',
    plain: 'Vous n’avez pas l’autorisation de voir ceci.',
    named: 'Il faut l’autorisation « {{permission}} ».',
    advice: 'Un administrateur peut vous l’accorder.',
  },
  bug: {
    title: 'Cette page a échoué',
    advice:
      'Florin a peut-être été mis à jour entre-temps. Réessayez ; si cela persiste, prévenez votre administrateur.',
  },
  offline: {
    title: 'Florin ne répond pas',
    advice: 'Vérifiez la connexion. Rien de ce que vous voyez ici n’est perdu.',
  },
  bad_answer: {
    title: 'Florin a répondu de façon inattendue',
    advice:
      'Réessayez ; si cela persiste, donnez l’identifiant de la requête à votre administrateur.',
  },
  internal_error: {
    title: 'Une erreur s’est produite dans Florin',
    advice:
      'Réessayez ; si cela persiste, donnez l’identifiant de la requête à votre administrateur.',
  },
  unavailable: {
    title: 'Florin n’atteint pas sa base de données',
    advice: 'Il continue d’essayer. Réessayez dans un instant.',
  },
  stopping: { title: 'Florin redémarre', advice: 'Réessayez dans quelques secondes.' },
  sign_in_required: { title: 'Votre session a pris fin', advice: 'Connectez-vous de nouveau.' },
  sign_in_wrong: {
    title: 'Cet e-mail et ce mot de passe ne correspondent pas',
    advice:
      'Vérifiez les deux et réessayez. La personne qui a installé Florin peut définir un nouveau mot de passe.',
  },
  sign_in_too_often: {
    title: 'Trop de tentatives',
    advice: 'La connexion est suspendue pour décourager les essais au hasard.',
  },
  permission_missing: {
    title: 'Vous n’avez pas l’autorisation nécessaire',
    advice: 'Un administrateur peut vous l’accorder.',
  },
  idempotency_in_flight: {
    title: 'La première demande est encore en cours',
    advice: 'Vérifiez dans une seconde ; rien ne sera fait deux fois.',
  },
  idempotency_key_reused: {
    title: 'Une autre demande a déjà été faite sous cette clé',
    advice: 'Fermez cette fenêtre et recommencez.',
  },
  not_cancelable: {
    title: 'Ce paiement ne peut pas être annulé maintenant',
    advice: 'Il a changé entre-temps. Fermez cette fenêtre et consultez son état.',
  },
  already_paid: {
    title: 'Ce paiement est déjà payé',
    advice: 'Fermez cette fenêtre et consultez son état.',
  },
  outcome_unknown: {
    title: 'La passerelle n’a pas encore dit comment une tentative s’est terminée',
    advice: 'Synchronisez avec la passerelle, puis réessayez.',
  },
  payment_state_unresolved: {
    title: 'L’issue d’un débit de ce paiement est encore inconnue',
    advice: 'Synchronisez avec la passerelle, puis réessayez.',
  },
  amount_above_due: {
    title: 'Le montant dépasse ce qui est dû',
    advice: 'Saisissez au plus ce qui reste à payer.',
  },
  not_refundable: {
    title: 'Ce paiement ne peut pas être remboursé maintenant',
    advice: 'Il a changé entre-temps. Fermez cette fenêtre et consultez son état.',
  },
  refund_too_large: {
    title: 'Le remboursement dépasse ce qui reste',
    advice: 'Saisissez au plus {{max}}.',
  },
  refund_spans_charges: {
    title: 'Ce paiement est arrivé en plusieurs débits',
    advice:
      'Un remboursement rend au plus un débit. Remboursez au plus {{max}} maintenant, puis le reste.',
  },
  wallet_balance_too_low: {
    title: 'Le client a déjà dépensé une partie de cet argent',
    advice: 'Son solde en contient encore {{max}}. Remboursez au plus cela.',
  },
  gateway_cannot_refund: {
    title: 'Cette passerelle ne peut pas renvoyer d’argent',
    advice: 'Rendez l’argent par un autre moyen.',
  },
  payment_over: {
    title: 'Ce paiement est terminé',
    advice: 'Fermez cette fenêtre et consultez son état.',
  },
  link_over: { title: 'Ce lien est terminé', advice: 'Il est déjà payé, expiré ou annulé.' },
  currency_mismatch: {
    title: 'C’est une autre devise',
    advice: 'Utilisez la devise du paiement.',
  },
  amount_invalid: {
    title: 'Ce montant est inutilisable',
    advice: 'Vérifiez le nombre et ses décimales.',
  },
  amount_too_large: { title: 'Ce montant est trop grand', advice: 'Saisissez-en un plus petit.' },
  currency_unknown: {
    title: 'Cette devise est inconnue',
    advice: 'Utilisez un code comme EUR ou USD.',
  },
  customer_not_found: {
    title: 'Ce client n’existe pas',
    advice: 'Vérifiez l’identifiant et l’environnement.',
  },
  customer_label_taken: {
    title: 'Un autre client porte ce libellé',
    advice: 'Choisissez-en un autre, ou ouvrez ce client.',
  },
  scope_not_held: {
    title: 'Vous ne pouvez pas accorder ce que vous n’avez pas',
    advice: 'Laissez de côté les droits que vous n’avez pas vous-même.',
  },
  sandbox_absent: {
    title: 'Il n’y a pas de bac à sable ici',
    advice: 'Passez en mode test. S’il reste absent, Florin a été démarré sans lui.',
  },
  gateway_unreachable: {
    title: 'La passerelle n’a pas répondu',
    advice: 'Rien n’est perdu : Florin lui redemande de lui-même. Ou réessayez dans un instant.',
  },
  gateway_event_refused: {
    title: 'Cet événement n’était pas authentique',
    advice: 'Il est conservé comme preuve et ne peut jamais être appliqué.',
  },
  body_invalid: {
    title: 'Quelque chose dans le formulaire est inutilisable',
    advice: 'Vérifiez les champs nommés ci-dessous.',
  },
  outgoing_money_halted: {
    title: 'Les sorties d’argent sont suspendues',
    advice:
      'Une vérification des comptes a trouvé un écart. Un administrateur doit lever la suspension.',
  },
}
