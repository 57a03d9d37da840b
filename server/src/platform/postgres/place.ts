import { randomBytes } from 'node:crypto'
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  rmdir,
  writeFile,
} from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { StartFault } from '../start-fault.ts'
import { exists } from './binaries.ts'
import { processStart } from './process-table.ts'
import { canEnter, databaseUser, isRoot, ownerAsUser, type SystemUser } from './system-user.ts'

/** Where a cluster lives and who owns it: `home` is ours, what is in `cluster` is the user's. */
export type Place = {
  readonly home: string
  readonly cluster: string
  readonly user: SystemUser
  /** Worth saying to the person who starts Florin; null for the usual place. */
  readonly note: string | null
}

/** Root's place for what user `postgres` must reach from any checkout. */
const SYSTEM_FOLDER = '/var/lib/florin'
const POINTER = 'postgres-folder'
/** A Unix socket's path, with its file name, must fit in `sun_path` (unix(7); macOS has 104). */
const MAX_SOCKET_PATH_BYTES = process.platform === 'linux' ? 107 : 103
const SOCKET_FILE = '.s.PGSQL.5432'

export const cacheFolder = (dataDir: string): string => (isRoot() ? SYSTEM_FOLDER : dataDir)

const WHY: Readonly<Record<string, string>> = {
  EACCES: 'is not writable: give this user write access to it or set FLORIN_DATA to another folder',
  EPERM: 'is not writable: give this user write access to it or set FLORIN_DATA to another folder',
  EROFS: 'is on a read-only disk: set FLORIN_DATA to a writable folder',
  ENOSPC: 'is on a full disk: free some space',
  ENOTDIR: 'is not a folder: set FLORIN_DATA to a folder',
  EEXIST: 'is not a folder: set FLORIN_DATA to a folder',
}

export function folderFault(folder: string, fault: unknown): unknown {
  const why = WHY[(fault as NodeJS.ErrnoException).code ?? '']
  return why ? new StartFault(`The data folder ${folder} ${why}.`) : fault
}

/** Proves that we can write there before anything is decided. */
async function prepareDataFolder(dataDir: string): Promise<void> {
  const probe = join(dataDir, `.probe-${randomBytes(4).toString('hex')}`)
  try {
    await mkdir(dataDir, { recursive: true })
    await writeFile(probe, '', { flag: 'wx' })
    await rm(probe)
  } catch (fault) {
    throw folderFault(dataDir, fault)
  }
}

const pointed = async (dataDir: string): Promise<string | null> =>
  (await readFile(join(dataDir, POINTER), 'utf8').catch(() => '')).trim() || null

/** The folder a data directory's cluster lives in, whether or not it was made yet. */
export const homeOf = async (dataDir: string): Promise<string> =>
  (await pointed(dataDir)) ?? join(dataDir, 'postgres')

async function existingPlace(home: string, note: string | null): Promise<Place | null> {
  const cluster = join(home, 'cluster')
  const found = await lstat(cluster).catch(() => null)
  if (found === null) return null
  const user = ownerAsUser(found)
  if (user === 'foreign') {
    throw new StartFault(
      `The database files in ${cluster} belong to another user (id ${found.uid}): ` +
        'start Florin as that user or as root, or set FLORIN_DATA to another folder.',
    )
  }
  if (!canEnter(user, cluster)) {
    throw new StartFault(
      `User ${user?.name ?? 'of this process'} cannot reach ${cluster}: ` +
        'allow passing through its parent folders (chmod o+x).',
    )
  }
  return { home, cluster, user, note }
}

/** A folder of ours that the database user may pass through but not write to. */
async function makeHome(home: string, user: SystemUser): Promise<void> {
  await mkdir(home, { recursive: true, mode: user ? 0o711 : 0o700 })
  await chmod(home, user ? 0o711 : 0o700)
}

const noteOf = (dataDir: string, home: string): string =>
  `User postgres cannot reach ${dataDir}, so PostgreSQL keeps its files in ${home}.`

/** Decides where the cluster of a data directory is or will be. */
export async function findPlace(dataDir: string): Promise<Place> {
  await prepareDataFolder(dataDir)
  const elsewhere = await pointed(dataDir)
  const home = elsewhere ?? join(dataDir, 'postgres')
  const note = elsewhere ? noteOf(dataDir, elsewhere) : null
  if (elsewhere && !(await exists(elsewhere))) {
    throw new StartFault(
      `The database files of ${dataDir} were in ${elsewhere}, which is gone: ` +
        `restore it from a backup, or delete ${dataDir} to start empty.`,
    )
  }
  const existing = await existingPlace(home, note)
  if (existing) return existing
  const user = databaseUser()
  if (elsewhere || canEnter(user, dataDir)) {
    await makeHome(home, user)
    return { home, cluster: join(home, 'cluster'), user, note }
  }
  return await placeElsewhere(dataDir, user)
}

async function placeElsewhere(dataDir: string, user: SystemUser): Promise<Place> {
  const home = join(SYSTEM_FOLDER, randomBytes(6).toString('hex'))
  try {
    await mkdir(SYSTEM_FOLDER, { recursive: true })
    await chmod(SYSTEM_FOLDER, 0o755)
    await makeHome(home, user)
    await writeFile(join(dataDir, POINTER), `${home}\n`)
  } catch (fault) {
    throw folderFault(SYSTEM_FOLDER, fault)
  }
  return { home, cluster: join(home, 'cluster'), user, note: noteOf(dataDir, home) }
}

const TEMPORARY = /^florin-throwaway-(\d+)-\w+$/

/** A place in the system's temporary folder, for tests and benchmarks. */
export async function temporaryPlace(): Promise<Place> {
  const user = databaseUser()
  const home = await mkdtemp(join(tmpdir(), `florin-throwaway-${process.pid}-`))
  await makeHome(home, user)
  return { home, cluster: join(home, 'cluster'), user, note: null }
}

/** Temporary places of ours whose process was killed before it could remove them. */
export async function deadTemporaryPlaces(): Promise<Place[]> {
  const dead: Place[] = []
  for (const name of await readdir(tmpdir())) {
    const pid = TEMPORARY.exec(name)?.[1]
    if (!pid || processStart(Number.parseInt(pid, 10)) !== null) continue
    const home = join(tmpdir(), name)
    const found = await lstat(home).catch(() => null)
    const mine = found?.isDirectory() && found.uid === process.getuid?.()
    if (mine) dead.push({ home, cluster: join(home, 'cluster'), user: null, note: null })
  }
  return dead
}

export async function giveTo(user: SystemUser, folder: string): Promise<void> {
  if (user) await chown(folder, user.uid, user.gid)
}

const SOCKET_PREFIX = 'florin-socket-'

/** A private folder for the Unix socket: beside the cluster, or a short temporary one. */
export async function socketFolder(place: Place): Promise<string> {
  const beside = join(place.home, 'run')
  const fits = Buffer.byteLength(join(beside, SOCKET_FILE)) <= MAX_SOCKET_PATH_BYTES
  const folder = fits ? beside : await mkdtemp(join(tmpdir(), SOCKET_PREFIX))
  await mkdir(folder, { recursive: true, mode: 0o700 })
  await giveTo(place.user, folder)
  return folder
}

/** Removes what a server left in its socket folder, and the folder if it was a temporary one. */
export async function dropSockets(place: Place, folder: string): Promise<void> {
  const temporary = folder.startsWith(join(tmpdir(), SOCKET_PREFIX))
  if (!temporary && folder !== join(place.home, 'run')) return
  await rm(join(folder, SOCKET_FILE), { force: true })
  await rm(join(folder, `${SOCKET_FILE}.lock`), { force: true })
  if (temporary) await rmdir(folder).catch(() => {})
}
