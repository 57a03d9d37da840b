export const paymentsList = {
  title: 'Payments',
}
