export const transactions = {
  title: 'Transactions',
}
