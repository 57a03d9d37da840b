import { type ChildProcess, spawn } from 'node:child_process'
import { constants, readFileSync, realpathSync } from 'node:fs'
import { type FileHandle, mkdir, open, readFile, rename, rm } from 'node:fs/promises'
import { totalmem } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { StartFault } from '../start-fault.ts'
import { type Binaries, POSTGRES_MAJOR } from './binaries.ts'
import { giveTo, type Place } from './place.ts'
import { becomes, isKnown, processesIn, processStart, signal, worksIn } from './process-table.ts'
import { spawnAs } from './system-user.ts'

export const SUPERUSER = 'florin'
export type Settings = Readonly<Record<string, string>>

const READY_LIMIT_MS = 300_000
const FAST_STOP_LIMIT_MS = 30_000
const KILL_LIMIT_MS = 5_000
/** How long the backends of a killed postmaster may take to notice and let go of shared memory. */
const SHARED_MEMORY_RETRIES = 50

const megabytes = (least: number, share: number, most: number): string => {
  const part = Math.floor(totalmem() / 1_048_576 / share)
  return `${Math.min(most, Math.max(least, part))}MB`
}

/** Given on the command line, so that no file edit can make the money path less than durable. */
const DURABLE: Settings = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' }
const sized = (): Settings => ({
  listen_addresses: '',
  unix_socket_permissions: '0700',
  max_connections: '250',
  shared_buffers: megabytes(64, 8, 512),
  effective_cache_size: megabytes(256, 2, 8_192),
  maintenance_work_mem: '64MB',
  random_page_cost: '1.1',
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // The log says what the server does; refused statements are the application's own business.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
})

const LOCALE: readonly string[] =
  process.platform === 'darwin' ? ['--locale=C', '--builtin-locale=C.UTF-8'] : ['--locale=C.UTF-8']

/** Makes the cluster beside its final name and moves it there, so a crash leaves none by halves. */
export async function initialise(binaries: Binaries, place: Place, durable: boolean) {
  const draft = join(place.home, 'cluster.partial')
  await rm(draft, { recursive: true, force: true })
  await mkdir(draft, { mode: 0o700 })
  await giveTo(place.user, draft)
  const flags = ['--encoding=UTF8', '--locale-provider=builtin', ...LOCALE, '--data-checksums']
  const access = [`--username=${SUPERUSER}`, '--auth-local=trust', '--auth-host=reject']
  const sync = durable ? [] : ['--no-sync']
  const run = spawn(
    binaries.initdb,
    ['-D', draft, ...flags, ...access, ...sync, '--no-instructions'],
    {
      ...spawnAs(place.user),
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  let said = ''
  run.stderr.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const code = await new Promise<number | null>((resolve, reject) => {
    run.once('error', reject)
    run.once('close', resolve)
  })
  if (code !== 0) throw new StartFault(`PostgreSQL could not make its files: ${lastLine(said)}.`)
  await rename(draft, place.cluster)
}

const lastLine = (text: string): string =>
  (text.trim().split('\n').at(-1) ?? '').replace(/\.$/, '') || 'it gave no reason'

/** A cluster of another major version needs its own programs. */
export async function checkMajor(place: Place): Promise<void> {
  const found = (await readFile(join(place.cluster, 'PG_VERSION'), 'utf8').catch(() => '')).trim()
  if (found === POSTGRES_MAJOR) return
  throw new StartFault(
    found === ''
      ? `The database files in ${place.cluster} are incomplete: restore them from a backup.`
      : `The database files in ${place.cluster} are of PostgreSQL ${found}, not ` +
          `${POSTGRES_MAJOR}: start the Florin that made them and move the data with a backup.`,
  )
}

/** The lines of postmaster.pid (PostgreSQL, miscadmin.h): who serves this cluster and where. */
export type PidFile = { readonly pid: number; readonly sockets: string; readonly ready: boolean }

export function readPidFile(cluster: string): PidFile | null {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')
    const pid = Number.parseInt(lines[0] ?? '', 10)
    return Number.isInteger(pid)
      ? { pid, sockets: lines[4] ?? '', ready: lines[7]?.trim() === 'ready' }
      : null
  } catch {
    return null
  }
}

/**
 * Ends a PostgreSQL that outlived its Florin. Called only under the directory's lock, so whatever
 * still runs there serves nobody. Returns the socket folder it used, which nothing else will clean.
 */
export async function settleOrphan(place: Place): Promise<string | null> {
  const left = readPidFile(place.cluster)
  if (left === null) return null
  const cluster = realpathSync(place.cluster)
  if (worksIn(left.pid, cluster)) {
    const gone = () => processStart(left.pid) === null
    signal(left.pid, 'SIGINT')
    if (!(await becomes(gone, FAST_STOP_LIMIT_MS))) signal(left.pid, 'SIGQUIT')
    if (!(await becomes(gone, KILL_LIMIT_MS))) signal(left.pid, 'SIGKILL')
  }
  if (!(await becomes(() => processesIn(cluster).length === 0, KILL_LIMIT_MS))) {
    for (const pid of processesIn(cluster)) signal(pid, 'SIGKILL')
  }
  // A stranger's number now, or a dead process nobody has collected: PostgreSQL would take either
  // for a living server and refuse. Only Linux lets us be sure that none is.
  if (process.platform === 'linux' && isKnown(left.pid)) {
    await rm(join(place.cluster, 'postmaster.pid'), { force: true })
  }
  return left.sockets || null
}

export type Server = {
  readonly process: ChildProcess
  readonly exited: Promise<void>
  /** Where this server's own lines begin in the log, in bytes. */
  readonly logStart: number
}

const MAX_LOG_BYTES = 10_485_760

/** Never through a link: the reader of this folder may have fewer rights than we have. */
async function openLog(place: Place): Promise<{ log: FileHandle; logStart: number }> {
  const how = constants.O_CREAT | constants.O_APPEND | constants.O_WRONLY | constants.O_NOFOLLOW
  const log = await open(join(place.home, 'postgres.log'), how, 0o600)
  const { size } = await log.stat()
  if (size <= MAX_LOG_BYTES) return { log, logStart: size }
  await log.truncate(0)
  return { log, logStart: 0 }
}

async function launch(
  binaries: Binaries,
  place: Place,
  sockets: string,
  settings: Settings,
): Promise<Server> {
  const quoted = `"${sockets.replaceAll('"', '""')}"`
  const all = { ...sized(), ...DURABLE, unix_socket_directories: quoted, ...settings }
  const flags = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const { log, logStart } = await openLog(place)
  try {
    // Its own session: Ctrl-C in a terminal must reach Florin first, which stops PostgreSQL last.
    const child = spawn(binaries.postgres, ['-D', place.cluster, ...flags], {
      ...spawnAs(place.user),
      detached: true,
      stdio: ['ignore', log.fd, log.fd],
    })
    const exited = new Promise<void>((resolve) => {
      child.once('exit', () => resolve())
      child.once('error', () => resolve())
    })
    return { process: child, exited, logStart }
  } finally {
    await log.close()
  }
}

async function isReady(server: Server, cluster: string): Promise<boolean> {
  const state = { over: false }
  void server.exited.then(() => {
    state.over = true
  })
  const serves = () => {
    const file = readPidFile(cluster)
    return file?.pid === server.process.pid && file?.ready === true
  }
  await becomes(() => state.over || serves(), READY_LIMIT_MS)
  return !state.over && serves()
}

const REASONS: readonly (readonly [RegExp, string])[] = [
  [/No space left on device/, 'the disk is full: free some space'],
  [
    /could not map anonymous shared memory|Cannot allocate memory/,
    'the machine has too little free memory',
  ],
  [/incompatible with server/, 'its files are of another PostgreSQL version: restore a backup'],
]

async function reasonOf(place: Place, from: number): Promise<string> {
  const bytes = await readFile(join(place.home, 'postgres.log')).catch(() => Buffer.alloc(0))
  const log = bytes.subarray(from).toString()
  const known = REASONS.find(([pattern]) => pattern.test(log))
  const fatal = log.split('\n').filter((line) => /FATAL|PANIC/.test(line))
  return known?.[1] ?? lastLine(fatal.join('\n').replace(/^.*(FATAL|PANIC): +/gm, ''))
}

/** Starts the server and waits until it answers. */
export async function serve(
  binaries: Binaries,
  place: Place,
  sockets: string,
  settings: Settings,
): Promise<Server> {
  for (let attempt = 0; ; attempt += 1) {
    const server = await launch(binaries, place, sockets, settings)
    if (await isReady(server, place.cluster)) return server
    server.process.kill('SIGQUIT')
    const reason = await reasonOf(place, server.logStart)
    if (!reason.includes('shared memory block') || attempt >= SHARED_MEMORY_RETRIES) {
      throw new StartFault(`PostgreSQL did not start: ${reason} (see ${place.home}/postgres.log).`)
    }
    await pause(200)
  }
}

/** `fast` ends clients and writes everything; `immediate` is for files nobody will read again. */
export async function halt(server: Server, how: 'fast' | 'immediate'): Promise<void> {
  const gone = () => server.process.exitCode !== null || server.process.signalCode !== null
  if (gone()) return
  server.process.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT')
  if (!(await becomes(gone, FAST_STOP_LIMIT_MS))) server.process.kill('SIGQUIT')
  await becomes(gone, KILL_LIMIT_MS)
}
