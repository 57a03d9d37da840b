export {
  type AtGateway,
  configOf,
  eventUrl,
  type GatewayCallDeps,
  type GatewayDeps,
  findGateway,
  type Gateways,
  gatewayFor,
  sealCredentials,
} from './gateway-account.ts'
export { gatewayAccountRoutes } from './routes.ts'
export {
  accountById,
  accountByPublicId,
  accountsOf,
  type GatewayAccountRow,
  insertAccount,
  moveAccounts,
  touchLastEvent,
} from './store.ts'
