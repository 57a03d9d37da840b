import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { AssetFile, CheckoutAssets } from './props.ts'

/** Where the server serves the built files; Vite writes the same prefix into them. */
export const ASSET_PREFIX = '/checkout/assets/'

/** A name carries the hash of its content, so a file never changes under its name. */
const FOREVER = 'public, max-age=31536000, immutable'

const ENTRIES = {
  style: { source: 'styles/checkout.css', content_type: 'text/css; charset=utf-8' },
  script: { source: 'islands/live.ts', content_type: 'text/javascript; charset=utf-8' },
} as const

type Manifest = Readonly<Record<string, { readonly file: string }>>

function readAsset(dist: string, manifest: Manifest, entry: keyof typeof ENTRIES) {
  const { source, content_type } = ENTRIES[entry]
  const file = manifest[source]?.file
  if (file === undefined) return null
  const path = join(dist, file)
  const hash = createHash('sha384').update(readFileSync(path)).digest('base64')
  return {
    url: ASSET_PREFIX + file,
    path,
    content_type,
    cache_control: FOREVER,
    integrity: `sha384-${hash}`,
  } satisfies AssetFile
}

/** What the last build left in `dist`; nulls before the first one: pages work without both. */
export function readAssets(dist: string): CheckoutAssets {
  const path = join(dist, '.vite/manifest.json')
  if (!existsSync(path)) return { style: null, script: null }
  const manifest: Manifest = JSON.parse(readFileSync(path, 'utf8'))
  return {
    style: readAsset(dist, manifest, 'style'),
    script: readAsset(dist, manifest, 'script'),
  }
}

/** Read once: a page written now must name the files that this process serves. */
export const checkoutAssets: CheckoutAssets = readAssets(join(import.meta.dirname, 'dist'))
