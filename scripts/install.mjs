/** Brings node_modules in line with package-lock.json; runs on any Node 20 and needs no package. */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))

const say = (line) => process.stdout.write(`${line}\n`)

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(join(ROOT, file), 'utf8')).packages
  } catch {
    return null
  }
}

/** npm writes the second file when it has finished; packages of other systems are absent. */
export function isInstalled() {
  const wanted = packagesOf('package-lock.json')
  const found = packagesOf('node_modules/.package-lock.json')
  if (!wanted || !found) return false
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (!path.includes('node_modules/')) return true
    return found[path] ? found[path].version === version : optional === true
  })
}

/** Says whether packages are there now; npm itself says what went wrong. */
export function install() {
  if (isInstalled()) return true
  say('Installing packages (once, about a minute) …')
  const npm = process.env.npm_execpath
  const [command, first] = npm?.endsWith('.js') ? [process.execPath, [npm]] : ['npm', []]
  const run = spawnSync(command, [...first, 'ci', '--include=dev', '--include=optional'], {
    cwd: ROOT,
    stdio: 'inherit',
  })
  if (run.status === 0) return true
  say('The packages could not be installed: check the network and run the command again.')
  return false
}

const LEAST = [22, 18]
const isNewEnough = (version) => {
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10))
  return major > LEAST[0] || (major === LEAST[0] && minor >= LEAST[1])
}

/** The Node that runs Florin: the pinned one that npm brought, else the user's own. */
export function findNode() {
  const pinned = join(ROOT, 'node_modules', `node-${process.platform}-${process.arch}`, 'bin/node')
  if (existsSync(pinned) && spawnSync(pinned, ['--version']).status === 0) return pinned
  if (isNewEnough(process.versions.node)) return process.execPath
  say(
    `Florin needs Node ${LEAST.join('.')} or newer on this system and this is ` +
      `${process.versions.node}: install a newer one from nodejs.org.`,
  )
  return null
}
