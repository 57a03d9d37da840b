export { StartFault } from '../start-fault.ts'
export { checkServer, explainConnectionFault } from './check.ts'
export {
  type Embedded,
  findEmbedded,
  hasEmbedded,
  startEmbedded,
  startThrowaway,
} from './embedded.ts'
export { migrate } from './migrate.ts'
export {
  assertOutsideTransaction,
  type Database,
  insideTransaction,
  openDatabase,
  type Query,
  type Queryable,
  sqlState,
  type Tx,
  violates,
} from './pool.ts'
export { dumpSchema } from './schema-dump.ts'
