import { spawnSync } from 'node:child_process'
import { StartFault } from '../start-fault.ts'

/** Whom PostgreSQL runs as; null is ourselves. It refuses to run as root. */
export type SystemUser = {
  readonly uid: number
  readonly gid: number
  readonly name: string
} | null

const NAME = 'postgres'
const CREATE: readonly (readonly [string, ...string[]])[] = [
  ['useradd', '--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', NAME],
  ['adduser', '--system', '--group', '--no-create-home', NAME],
]

export const isRoot = (): boolean => process.getuid?.() === 0

function lookUp(name: string): SystemUser {
  const id = (flag: string) => spawnSync('id', [flag, name], { encoding: 'utf8' })
  const [uid, gid] = [id('-u'), id('-g')].map((run) =>
    run.status === 0 ? Number.parseInt(run.stdout, 10) : null,
  )
  return uid && gid ? { uid, gid, name } : null
}

/** Root hands PostgreSQL to the system user `postgres`, made when the machine has none. */
export function databaseUser(): SystemUser {
  if (!isRoot()) return null
  const known = lookUp(NAME)
  if (known) return known
  for (const [command, ...rest] of CREATE) {
    spawnSync(command, rest, { stdio: 'ignore' })
    const made = lookUp(NAME)
    if (made) return made
  }
  throw new StartFault(
    `PostgreSQL does not run as root and no system user "${NAME}" could be made: ` +
      'create it, start Florin as a normal user, or set DATABASE_URL.',
  )
}

/** An existing cluster keeps its owner, whoever starts Florin; null when that is not possible. */
export function ownerAsUser(owner: { uid: number; gid: number }): SystemUser | 'foreign' {
  const self = process.getuid?.() ?? 0
  if (!isRoot()) return owner.uid === self ? null : 'foreign'
  const name = spawnSync('id', ['-un', `${owner.uid}`], { encoding: 'utf8' }).stdout?.trim()
  return owner.uid === 0 ? 'foreign' : { ...owner, name: name || `${owner.uid}` }
}

/** Asks the system itself, so that modes, access lists and mounts all count. */
export function canEnter(user: SystemUser, directory: string): boolean {
  const as = user ? { uid: user.uid, gid: user.gid } : {}
  const test = ['-c', 'test -x "$1"', 'sh', directory]
  return spawnSync('/bin/sh', test, { ...as, cwd: '/', stdio: 'ignore' }).status === 0
}

/** How a PostgreSQL program is started: without our own environment, which holds secrets. */
export const spawnAs = (user: SystemUser) => ({
  ...(user ? { uid: user.uid, gid: user.gid } : {}),
  cwd: '/',
  env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
})
