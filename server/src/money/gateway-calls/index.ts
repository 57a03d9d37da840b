export { type CallDeps, dispatch } from './actions/dispatch.ts'
export {
  type ChargeWish,
  type StartDeps,
  type StartedCharge,
  type StartRefusal,
  startCharge,
} from './actions/start-charge.ts'
export { fetchCharge, syncTransaction } from './actions/sync.ts'
export type { Fact, FactAnswer, ParkReason } from './fact.ts'
export { gatewayCallJobs } from './jobs.ts'
export { gatewayCallRoutes } from './routes.ts'
