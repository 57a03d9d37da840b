export { sandboxGateway } from './adapter.ts'
export {
  type Books,
  type BooksSummary,
  createSandboxAccount,
  type PastCharge,
  recordPastCharges,
  type SandboxAccount,
  type SandboxEvent,
  type SandboxOptions,
  type SandboxService,
  type Switches,
  type SwitchesInput,
  sandboxService,
  TEST_CARDS,
  type Truth,
} from './service/index.ts'
