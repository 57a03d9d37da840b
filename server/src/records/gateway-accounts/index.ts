export {
  type AtGateway,
  configOf,
  eventUrl,
  findGateway,
  type GatewayCallDeps,
  type GatewayDeps,
  type Gateways,
  gatewayFor,
  sealCredentials,
} from './actions/open-gateway.ts'
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
