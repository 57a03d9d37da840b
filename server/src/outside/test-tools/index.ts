export { type SandboxControl, testToolRoutes } from './routes.ts'
