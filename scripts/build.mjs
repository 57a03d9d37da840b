/** Builds the back office and the checkout when they are stale, as `npm start` does. */
import { buildFrontEnds } from './front-ends.mjs'
import { findNode } from './install.mjs'

const node = findNode()
process.exitCode = node !== null && buildFrontEnds(node) ? 0 : 1
