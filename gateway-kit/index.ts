export { type FakeBehaviour, type FakeGateway, fakeGateway } from './fake.ts'
export type { GatewayFault } from './faults.ts'
export { type GatewayHttpOptions, makeGatewayHttp } from './http.ts'
export type { Outcome } from './outcome.ts'
export { isSettled } from './outcome.ts'
export type {
  Amount,
  Capabilities,
  ChargeRequest,
  CheckoutRequest,
  CredentialField,
  EventRefusal,
  Gateway,
  GatewayAccountConfig,
  GatewayCall,
  GatewayHttp,
  HttpAnswer,
  IncomingEvent,
  LookUp,
  LookUpRequest,
  ObjectFacts,
  RefundFact,
  RefundRequest,
  VerifiedEvent,
} from './port.ts'
