export const gatewayEvents = {
  title: 'Gateway events',
}
