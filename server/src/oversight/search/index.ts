export { searchRoutes } from './routes.ts'
export { searchSubscriber } from './subscribers.ts'
export { fold, JOIN_CUSTOMER, WORDS_SQL } from './words.ts'
