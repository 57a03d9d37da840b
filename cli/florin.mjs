#!/usr/bin/env node
/**
 * `florin …` on any Node from 20: runs cli/main.ts on the pinned Node. Its exit code is ours.
 */
import { spawnSync } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'
import { findNode, install, ROOT } from '../scripts/install.mjs'

const CANNOT_START = 5

const node = install() ? findNode() : null
if (node === null) process.exit(CANNOT_START)
const run = spawnSync(node, [join(ROOT, 'cli/main.ts'), ...process.argv.slice(2)], {
  stdio: 'inherit',
})
if (run.error) process.stderr.write(`Node could not be started: ${run.error.message}.\n`)
const signal = run.signal ? 128 + constants.signals[run.signal] : CANNOT_START
process.exitCode = run.status ?? signal
