import { gzipSync } from 'node:zlib'
import type { Plugin, Rolldown } from 'vite'

/** What a reader downloads before the first list is drawn, and for each page after it. */
const FIRST_LIST_MAX_KB = 240
const PAGE_MAX_KB = 40
const STYLES_MAX_KB = 30

const FIRST_LIST = 'PaymentsPage'
const LANGUAGES = ['en', 'fr']
const KB = 1000

type Bundle = Readonly<Record<string, Rolldown.OutputAsset | Rolldown.OutputChunk>>

/** Fails the build when a page outgrows its budget (gzip, by what its chunks really import). */
export function bundleBudget(): Plugin {
  return {
    name: 'florin-bundle-budget',
    apply: 'build',
    writeBundle(_options, bundle) {
      for (const { name, kb, max } of measure(bundle)) {
        if (kb <= max) continue
        this.error(`${name} is ${kb.toFixed(1)} kB gzip; its budget is ${max} kB. Load less there.`)
      }
    },
  }
}

type Measured = { readonly name: string; readonly kb: number; readonly max: number }

function measure(bundle: Bundle): Measured[] {
  const chunks = Object.values(bundle).filter((one) => one.type === 'chunk')
  const named = (name: string) => chunks.filter((chunk) => chunk.name === name)
  const pages = chunks.filter((chunk) => chunk.isDynamicEntry && chunk.name.endsWith('Page'))
  const language = Math.max(...LANGUAGES.map((name) => kbOf(bundle, closure(bundle, named(name)))))
  const firstList = closure(bundle, [
    ...chunks.filter((chunk) => chunk.isEntry),
    ...named(FIRST_LIST),
  ])
  const styles = Object.keys(bundle).filter((file) => file.endsWith('.css'))
  return [
    {
      name: 'JavaScript of the first list',
      kb: kbOf(bundle, firstList) + language,
      max: FIRST_LIST_MAX_KB,
    },
    {
      name: 'All styles',
      kb: kbOf(bundle, styles),
      max: STYLES_MAX_KB,
    },
    ...pages.map((page) => {
      const own = [...closure(bundle, [page])].filter((file) => !firstList.has(file))
      return { name: page.name, kb: kbOf(bundle, own), max: PAGE_MAX_KB }
    }),
  ]
}

/** The chunks and all that they import at once, by file name. */
function closure(bundle: Bundle, from: readonly Rolldown.OutputChunk[]): Set<string> {
  const files = new Set<string>()
  const waiting = from.map((chunk) => chunk.fileName)
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    const chunk = bundle[file]
    if (files.has(file) || chunk?.type !== 'chunk') continue
    files.add(file)
    waiting.push(...chunk.imports)
  }
  return files
}

function kbOf(bundle: Bundle, files: Iterable<string>): number {
  let bytes = 0
  for (const file of files) {
    const one = bundle[file]
    if (one) bytes += gzipSync(one.type === 'chunk' ? one.code : one.source).length
  }
  return bytes / KB
}
