import { realpathSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { type Binaries, exists, findBinaries } from './binaries.ts'
import * as clusters from './cluster.ts'
import { lockDirectory } from './lock.ts'
import * as places from './place.ts'
import { worksIn } from './process-table.ts'

export type Embedded = {
  readonly url: string
  /** Lines worth saying to the person who starts Florin. */
  readonly notes: readonly string[]
  readonly stop: () => Promise<void>
}

const DATABASE = 'florin'
/** A PostgreSQL that ends by itself is started again, unless it does so too often. */
const RESTARTS = { most: 5, within_ms: 60_000, pause_ms: 200 }

const urlOf = (sockets: string, database: string): string =>
  `postgres://${clusters.SUPERUSER}@localhost/${database}?host=${encodeURIComponent(sockets)}`

type Running = { server: clusters.Server; stopping: boolean }
type Start = {
  readonly binaries: Binaries
  readonly place: places.Place
  readonly sockets: string
  readonly settings: clusters.Settings
  readonly onLost: (reason: string) => void
}

const startServer = (start: Start) =>
  clusters.serve(start.binaries, start.place, start.sockets, start.settings)

/** Keeps one server alive at one address until it is told to stop. */
async function supervise(start: Start): Promise<Running> {
  const running: Running = { server: await startServer(start), stopping: false }
  const again = async (ended: readonly number[]): Promise<void> => {
    await running.server.exited
    if (running.stopping) return
    const now = performance.now()
    const recent = [...ended.filter((at) => now - at < RESTARTS.within_ms), now]
    if (recent.length > RESTARTS.most) return start.onLost('PostgreSQL ended too often')
    await pause(RESTARTS.pause_ms)
    if (running.stopping) return
    running.server = await startServer(start)
    return again(recent)
  }
  void again([]).catch((fault: unknown) => {
    start.onLost(fault instanceof Error ? fault.message : String(fault))
  })
  return running
}

async function ensureDatabase(sockets: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf(sockets, 'postgres') })
  await client.connect()
  try {
    const known = await client.query('select 1 from pg_database where datname = $1', [DATABASE])
    if (known.rowCount === 0) await client.query(`create database ${DATABASE}`)
  } finally {
    await client.end()
  }
}

/** Also when we leave by a way that could not wait: PostgreSQL then stops by itself. */
function stopWithUs(running: Running): () => void {
  const end = () => {
    running.server.process.kill('SIGINT')
  }
  process.once('exit', end)
  return () => process.off('exit', end)
}

async function open(start: Start, how: 'fast' | 'immediate'): Promise<() => Promise<void>> {
  const running = await supervise(start)
  const forget = stopWithUs(running)
  const stop = async () => {
    running.stopping = true
    await clusters.halt(running.server, how)
    forget()
    await places.dropSockets(start.place, start.sockets)
  }
  await ensureDatabase(start.sockets).catch(async (fault: unknown) => {
    await stop()
    throw fault
  })
  return stop
}

async function prepare(place: places.Place, dataDir: string): Promise<Binaries> {
  const binaries = await findBinaries(place.user, places.cacheFolder(dataDir))
  if (await exists(place.cluster)) {
    const sockets = await clusters.settleOrphan(place)
    if (sockets) await places.dropSockets(place, sockets)
  } else {
    await clusters.initialise(binaries, place, true)
  }
  await clusters.checkMajor(place)
  return binaries
}

/**
 * PostgreSQL under `dataDir`, made on first use and reachable only through a private Unix socket.
 * Holds the directory's lock until `stop`. Throws StartFault with what to do.
 */
export async function startEmbedded(options: {
  readonly dataDir: string
  /** PostgreSQL ended and could not be started again. */
  readonly onLost?: (reason: string) => void
}): Promise<Embedded> {
  const { dataDir, onLost = () => {} } = options
  const place = await places.findPlace(dataDir)
  const unlock = await lockDirectory(place.home, dataDir).catch((fault: unknown) => {
    throw places.folderFault(place.home, fault)
  })
  try {
    const binaries = await prepare(place, dataDir)
    const sockets = await places.socketFolder(place)
    const stop = await open({ binaries, place, sockets, settings: {}, onLost }, 'fast')
    const end = async () => {
      await stop()
      unlock()
    }
    return { url: urlOf(sockets, DATABASE), notes: place.note ? [place.note] : [], stop: once(end) }
  } catch (fault) {
    unlock()
    throw places.folderFault(place.home, fault)
  }
}

function once(run: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null
  return () => {
    running ??= run()
    return running
  }
}

/** Whether a cluster was ever made for a data directory. */
export const hasEmbedded = async (dataDir: string): Promise<boolean> =>
  exists(join(await places.homeOf(dataDir), 'cluster'))

/** The address of the cluster that a running Florin serves from `dataDir`, or null. */
export async function findEmbedded(dataDir: string): Promise<string | null> {
  const cluster = join(await places.homeOf(dataDir), 'cluster')
  const file = clusters.readPidFile(cluster)
  if (!file?.ready || !worksIn(file.pid, realpathSync(cluster))) return null
  return urlOf(file.sockets, DATABASE)
}

/** What tests may give up: a throwaway cluster has nothing to lose. */
const CARELESS: clusters.Settings = {
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  shared_buffers: '128MB',
  max_wal_size: '2GB',
}

/**
 * A cluster in the system's temporary folder that disappears on `stop`. `durable` keeps the
 * settings of the real one, for benchmarks and crash tests.
 */
export async function startThrowaway(
  options: { readonly durable?: boolean; readonly settings?: clusters.Settings } = {},
): Promise<Embedded> {
  for (const left of await places.deadTemporaryPlaces()) {
    await clusters.settleOrphan(left)
    await rm(left.home, { recursive: true, force: true })
  }
  const { durable = false, settings = {} } = options
  const place = await places.temporaryPlace()
  const remove = () => rm(place.home, { recursive: true, force: true })
  try {
    const binaries = await findBinaries(place.user, places.cacheFolder(place.home))
    await clusters.initialise(binaries, place, durable)
    const sockets = await places.socketFolder(place)
    const all = durable ? settings : { ...CARELESS, ...settings }
    const start = { binaries, place, sockets, settings: all, onLost: () => {} }
    const stop = await open(start, 'immediate')
    const end = async () => {
      await stop()
      await remove()
    }
    return { url: urlOf(sockets, DATABASE), notes: [], stop: once(end) }
  } catch (fault) {
    await remove()
    throw fault
  }
}
