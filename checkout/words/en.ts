/** Every English word of the hosted pages. `{name}` is filled in by `fill`. */
export const en = {
  language: 'Language',
  language_name: 'English',
  test_banner: 'TEST: no real money moves',
  back: 'Return to {merchant}',
  support: 'Questions?',
  support_action: 'Contact {merchant}',
  terms: 'Terms',
  privacy: 'Privacy',
  offline: 'No connection. This page updates as soon as it is back.',
  summary: {
    heading: 'Summary',
    due: 'Amount to pay',
    remaining: 'Still to pay',
    paid: 'Amount paid',
    neutral: 'Amount',
    total: 'Total',
    received: 'Received',
    reference: 'Reference',
    due_on: 'Due on {date}',
  },
  pay: {
    method: 'Payment method',
    method_again: 'Try again or choose another method',
    method_rest: 'How to pay the rest',
    method_other: 'Choose another method',
    pay: 'Pay {amount}',
    again: 'Try again: pay {amount}',
    busy: 'One moment…',
  },
  open_amount: {
    label: 'Amount in {currency}',
    go_on: 'Continue',
    between: 'From {min} to {max}.',
    at_least: 'At least {min}.',
    at_most: 'At most {max}.',
    missing: 'Enter an amount.',
    malformed: 'Enter the amount in digits, for example {example}.',
    too_many_decimals: 'Use at most {digits} digits after the decimal point.',
    no_decimals: 'Enter a whole number: {currency} has no decimals.',
    too_small: 'The amount is too small.',
    too_large: 'The amount is too large.',
  },
  actions: {
    continue: 'Continue',
    retry: 'Try again',
    restart: 'Start again',
    receipt: 'See the receipt',
    check: 'Check again',
    extend: 'I need more time',
  },
  time_left: 'Time left to pay: {left}',
  expires_at: 'This page is open until {time}.',
  states: {
    choose_method: {
      title: 'Choose how to pay',
      text: 'You will finish on a secure payment page.',
    },
    open_amount: {
      title: 'How much would you like to pay?',
      text: 'You choose the payment method in the next step.',
    },
    processing: {
      title: 'We are confirming your payment',
      text: 'This usually takes a few seconds. Please do not pay again.',
    },
    action_required: {
      title: 'Your bank asks you to confirm',
      text: 'Confirm the payment on your bank’s page or in its app. This page then updates.',
    },
    paid: {
      title: 'Payment received',
      text: 'Thank you. {merchant} has received your payment.',
    },
    paid_waiting_confirmation: {
      title: 'Payment sent',
      text:
        'It now waits for final confirmation. There is nothing more to do: you may close this ' +
        'page.',
    },
    partial: {
      title: '{received} of {total} received',
      text: 'Choose how to pay the remaining {due}.',
    },
    pending: {
      title: 'Your payment is on its way',
      text:
        'Some methods take up to a few working days. Please do not pay again: this page shows ' +
        'when the money has arrived.',
    },
    failed: {
      title: 'The payment did not go through',
      text: 'The payment was not accepted. Try again or use another method.',
    },
    expired: {
      title: 'The time to pay has run out',
      text: 'If you have already paid, do not pay again: your payment will still be recognised.',
    },
    canceled: {
      title: 'Payment canceled',
      text: 'This payment was canceled. There is nothing more to do here.',
    },
    already_paid: {
      title: 'Already paid',
      text: 'This has been paid. There is nothing more to pay.',
    },
    method_unavailable: {
      title: 'This method is not available now',
      text: 'Please choose another way to pay.',
    },
    maintenance: {
      title: 'Payments are paused for a moment',
      text: 'We are doing maintenance. Nothing was charged. Please try again in a few minutes.',
    },
  },
  /** When no method is left to choose. */
  no_method: {
    title: 'No payment method is available now',
    text: 'Please try again later, or contact {merchant}.',
  },
  one_method: { title: 'Pay {merchant}' },
  link_canceled: 'This request for payment was withdrawn. There is nothing to pay.',
  link_expired: 'This request for payment has expired. Ask {merchant} for a new one.',
  link_open: {
    title: '{merchant} asks for a payment',
    text: 'You choose the payment method in the next step.',
  },
  reasons: {
    card_declined: 'Your bank declined the card. Try another card, or ask your bank why.',
    insufficient_funds: 'There was not enough money on the card or account. Try another one.',
    invalid_card: 'The card details were not accepted. Check the number, date and security code.',
    expired_card: 'The card has expired. Use another card.',
    authentication_failed:
      'Your bank could not confirm that it was you. Try again and follow its steps.',
    fraud_block: 'The payment was refused for security reasons. Use another method.',
    processing_error: 'Something went wrong at the payment provider. Try again in a moment.',
    customer_canceled: 'The payment was stopped before it was finished. You can start again.',
    session_expired: 'The payment page was open for too long. Try again.',
    gateway_timeout:
      'The payment provider did not finish in time. If your bank shows this payment, do not pay again.',
    other: 'The payment was not accepted. Try again or use another method.',
  },
  receipt: {
    title: 'Receipt',
    number: 'Receipt number',
    date: 'Paid on',
    payer: 'Paid by',
    method: 'Payment method',
    card: '{brand} ending in {last4}',
    payment: 'Payment',
    reference: 'Reference',
    gateway: 'Provider reference',
    details: 'Details',
    total: 'Total',
    paid: 'Paid',
    refund_on: 'Refunded on {date}',
    net: 'Paid after refunds',
    stamp_full: 'Refunded',
    stamp_part: 'Partly refunded',
    print: 'Print',
    test_mark: 'TEST: not a proof of payment',
  },
  messages: {
    not_found: {
      title: 'Page not found',
      text: 'The address is incomplete or no longer valid. Check the link you were given.',
    },
    link_expired: {
      title: 'This payment link has expired',
      text: 'Ask the person who sent it for a new one.',
    },
    link_canceled: {
      title: 'This payment link was withdrawn',
      text: 'There is nothing to pay.',
    },
    too_many_requests: {
      title: 'Too many tries',
      text: 'Please wait a minute, then try again.',
    },
    error: {
      title: 'Something went wrong on our side',
      text: 'If you were paying, check this page again before you pay a second time.',
    },
    maintenance: {
      title: 'Payments are paused for a moment',
      text: 'We are doing maintenance. Please try again in a few minutes.',
    },
  },
  request_id: 'Request {id}',
}

/** The English catalogue is the shape that every language fills. */
export type Words = typeof en
