import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { constants } from 'node:os'
import { join } from 'node:path'
import { readArguments, USAGE } from './asked.ts'

const ROOT = join(import.meta.dirname, '..')
const EXIT = { usage: 2, cannotStart: 5 } as const

/** The server's own programs do the work: this one sees nothing of the server but their names. */
function run(program: string, options: readonly string[]): number {
  const child = spawnSync(process.execPath, [join(ROOT, program), ...options], { stdio: 'inherit' })
  return child.status ?? (child.signal ? 128 + constants.signals[child.signal] : EXIT.cannotStart)
}

function main(): number {
  const asked = readArguments(process.argv.slice(2))
  switch (asked.command) {
    case 'help':
      process.stdout.write(USAGE)
      return 0
    case 'version': {
      const { version } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'))
      process.stdout.write(`${version}\n`)
      return 0
    }
    case 'audit':
      return run('server/src/audit-command.ts', asked.json ? ['--json'] : [])
    case 'unclear':
      process.stderr.write(`${asked.sentence}\n\n${USAGE}`)
      return EXIT.usage
  }
}

process.exitCode = main()
