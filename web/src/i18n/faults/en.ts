export const faults = {
  retry: 'Try again',
  theMaximum: 'the maximum shown',
  requestId: 'Request',
  copyRequestId: 'Copy the request id',
  toHome: 'Go to Home',
  broken: 'This page could not be shown',
  retryInSeconds_one: 'Try again in {{count}} second.',
  retryInSeconds_other: 'Try again in {{count}} seconds.',
  retryInMinutes_one: 'Try again in {{count}} minute.',
  retryInMinutes_other: 'Try again in {{count}} minutes.',
  notFound: {
    heading: 'Not found',
    title: 'There is nothing at this address.',
    advice: 'It may belong to the other mode (Test or Live), or the link may be incomplete.',
  },
  forbidden: {
    title: 'No permission',
    plain: 'You do not have the permission to see this.',
    named: 'This needs the permission “{{permission}}”.',
    advice: 'An administrator can grant it.',
  },
  bug: {
    title: 'This page failed',
    advice:
      'Florin may have been updated in the meantime. Try again; if it stays, tell your administrator.',
  },
  offline: {
    title: 'No answer from Florin',
    advice: 'Check the connection. Nothing you see here is lost.',
  },
  bad_answer: {
    title: 'Florin answered in an unexpected way',
    advice: 'Try again; if it stays, quote the request id to your administrator.',
  },
  internal_error: {
    title: 'Something went wrong in Florin',
    advice: 'Try again; if it stays, quote the request id to your administrator.',
  },
  unavailable: {
    title: 'Florin cannot reach its database',
    advice: 'It keeps trying. Try again in a moment.',
  },
  stopping: { title: 'Florin is restarting', advice: 'Try again in a few seconds.' },
  sign_in_required: { title: 'Your session has ended', advice: 'Sign in again.' },
  sign_in_wrong: {
    title: 'That e-mail and password do not match',
    advice: 'Check both and try again. Whoever installed Florin can set a new password.',
  },
  sign_in_too_often: {
    title: 'Too many tries',
    advice: 'Signing in is paused to keep guessing out.',
  },
  permission_missing: {
    title: 'You do not have the permission for this',
    advice: 'An administrator can grant it.',
  },
  idempotency_in_flight: {
    title: 'The first request is still running',
    advice: 'Check again in a second; nothing will be done twice.',
  },
  idempotency_key_reused: {
    title: 'Something else was already asked under this key',
    advice: 'Close this dialog and start again.',
  },
  not_cancelable: {
    title: 'This payment cannot be cancelled now',
    advice: 'It changed in the meantime. Close this dialog and look at its state.',
  },
  already_paid: {
    title: 'This payment is already paid',
    advice: 'Close this dialog and look at its state.',
  },
  outcome_unknown: {
    title: 'The gateway has not said yet how a try ended',
    advice: 'Sync with the gateway, then try again.',
  },
  payment_state_unresolved: {
    title: 'A charge of this payment is still unknown',
    advice: 'Sync with the gateway, then try again.',
  },
  amount_above_due: {
    title: 'The amount is more than is due',
    advice: 'Enter at most what is still to be paid.',
  },
  not_refundable: {
    title: 'This payment cannot be refunded now',
    advice: 'It changed in the meantime. Close this dialog and look at its state.',
  },
  refund_too_large: {
    title: 'The refund is more than is left',
    advice: 'Enter at most {{max}}.',
  },
  refund_spans_charges: {
    title: 'This payment came in several charges',
    advice: 'One refund can return at most one charge. Refund at most {{max}} now, then the rest.',
  },
  wallet_balance_too_low: {
    title: 'The customer has already spent part of this money',
    advice: 'Their balance holds {{max}} of it. Refund at most that.',
  },
  gateway_cannot_refund: {
    title: 'This gateway cannot send money back',
    advice: 'Return the money another way.',
  },
  payment_over: {
    title: 'This payment is over',
    advice: 'Close this dialog and look at its state.',
  },
  link_over: { title: 'This link is over', advice: 'It is paid, expired or cancelled already.' },
  currency_mismatch: {
    title: 'That is another currency',
    advice: 'Use the currency of the payment.',
  },
  amount_invalid: {
    title: 'That amount cannot be used',
    advice: 'Check the number and its decimals.',
  },
  amount_too_large: { title: 'That amount is too large', advice: 'Enter a smaller one.' },
  currency_unknown: {
    title: 'That currency is not known',
    advice: 'Use a code such as EUR or USD.',
  },
  customer_not_found: { title: 'No such customer', advice: 'Check the id and the mode.' },
  customer_label_taken: {
    title: 'Another customer has this label',
    advice: 'Choose another one, or open that customer.',
  },
  scope_not_held: {
    title: 'You cannot grant what you do not hold',
    advice: 'Leave out the scopes that you do not have yourself.',
  },
  sandbox_absent: {
    title: 'There is no sandbox here',
    advice: 'Switch to test mode. If it stays away, Florin was started without it.',
  },
  gateway_unreachable: {
    title: 'The gateway did not answer',
    advice: 'Nothing is lost: Florin asks it again by itself. Or try again in a moment.',
  },
  gateway_event_refused: {
    title: 'This event was not genuine',
    advice: 'It is kept as evidence and can never be applied.',
  },
  body_invalid: {
    title: 'Something in the form cannot be used',
    advice: 'Check the fields named below.',
  },
  outgoing_money_halted: {
    title: 'Outgoing money is stopped',
    advice: 'A check of the books found a difference. An administrator has to release it.',
  },
}
