/** What a command line asks for, or the sentence about what is wrong with it. */
export type Asked =
  | { readonly command: 'help' | 'version' }
  | { readonly command: 'audit'; readonly json: boolean }
  | { readonly command: 'unclear'; readonly sentence: string }

export const USAGE = `florin: the command line of Florin

  florin audit [--json]   compare everything that should agree; nothing is changed
  florin version          which version this is
  florin --help           this text

audit reads the database in DATABASE_URL, or the embedded one in FLORIN_DATA (./data),
whether Florin runs or not.

Exit codes: 0 clean, 1 something differs, 2 wrong usage, 5 the database cannot be reached.
`

const unclear = (sentence: string): Asked => ({ command: 'unclear', sentence })

export function readArguments(words: readonly string[]): Asked {
  const [command, ...rest] = words
  if (command === undefined) return unclear('Say what to do.')
  if (words.some((word) => ['--help', '-h', 'help'].includes(word))) return { command: 'help' }
  if (command === 'version' || command === '--version') {
    return rest.length === 0 ? { command: 'version' } : unclear('version takes no arguments.')
  }
  if (command !== 'audit') return unclear(`There is no command "${command}".`)
  const other = rest.find((word) => word !== '--json')
  if (other !== undefined) return unclear(`audit has no option "${other}".`)
  return { command: 'audit', json: rest.includes('--json') }
}
