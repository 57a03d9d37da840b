export const gateways = {
  title: 'Gateways & methods',
}
