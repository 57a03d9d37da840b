/**
 * `npm start`: installs what is missing, builds what is stale, and runs Florin on the pinned Node.
 * Runs on any Node from 20 and uses no package itself. Arguments are passed on.
 */
import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { join } from 'node:path'

const LEAST_MAJOR = 20
/** Set in the terminal's own process group, Ctrl-C reaches Florin without us. */
const FORWARDED = ['SIGTERM', 'SIGHUP', 'SIGINT']

function refuse(sentence) {
  process.stdout.write(`${sentence}\n`)
  process.exit(1)
}

function run(node, root) {
  const main = join(root, 'server/src/main.ts')
  // The channel closes when this process is killed, which tells Florin to stop as well.
  const child = spawn(node, [main, ...process.argv.slice(2)], {
    cwd: root,
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const name of FORWARDED) {
    process.on(name, () => {
      if (name !== 'SIGINT' || !process.stdin.isTTY) child.kill(name)
    })
  }
  child.on('error', (fault) => refuse(`Node could not be started: ${fault.message}.`))
  child.on('exit', (code, signal) => {
    process.exitCode = code ?? 128 + (constants.signals[signal] ?? 0)
    if (child.connected) child.disconnect()
    process.exit()
  })
}

const major = Number.parseInt(process.versions.node, 10)
if (major < LEAST_MAJOR) {
  refuse(`Florin needs Node ${LEAST_MAJOR} or newer and this is ${process.versions.node}.`)
}
const { findNode, install, ROOT } = await import('./install.mjs')
const { buildFrontEnds } = await import('./front-ends.mjs')
if (!install()) process.exit(1)
const node = findNode()
if (node === null || !buildFrontEnds(node)) process.exit(1)
run(node, ROOT)
