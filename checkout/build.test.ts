import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'vite'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAssets } from './assets.ts'
import { checkoutSample } from './e2e/samples.ts'
import { contentSecurityPolicy, renderCheckout } from './index.ts'
import { CHECKOUT_STATES, type CheckoutAssets } from './props.ts'

const ISLAND_MAX_BYTES = 3 * 1024
const TRANSFER_MAX_BYTES = 60 * 1024
const gzipped = (content: string | Buffer): number => gzipSync(content).byteLength

describe('what a hosted page loads', () => {
  const dist = mkdtempSync(join(tmpdir(), 'florin-checkout-'))
  let assets: CheckoutAssets = { style: null, script: null }
  const content = (kind: keyof CheckoutAssets) => readFileSync(assets[kind]?.path ?? '')

  beforeAll(async () => {
    const configFile = join(import.meta.dirname, 'vite.config.ts')
    await build({ configFile, logLevel: 'silent', build: { outDir: dist } })
    assets = readAssets(dist)
  })
  afterAll(() => rmSync(dist, { recursive: true, force: true }))

  it('has files named by their content, that may be kept for ever and prove themselves', () => {
    for (const asset of [assets.style, assets.script]) {
      expect(asset?.url).toMatch(/^\/checkout\/assets\/(checkout|live)-[\w-]{8}\.(css|js)$/)
      expect(asset?.cache_control).toContain('immutable')
      expect(asset?.integrity).toMatch(/^sha384-[\w+/]{64}$/)
    }
  })

  it('keeps the island within 3 kB, and the heaviest page with everything within 60 kB', () => {
    const island = gzipped(content('script'))
    const page = Math.max(
      ...CHECKOUT_STATES.map((state) => gzipped(renderCheckout(checkoutSample(state, 'fr')))),
    )
    expect(island).toBeLessThanOrEqual(ISLAND_MAX_BYTES)
    expect(island + gzipped(content('style')) + page).toBeLessThanOrEqual(TRANSFER_MAX_BYTES)
  })

  it('fetches nothing else: no import, no address, no font', () => {
    expect(content('style').toString()).not.toMatch(/@import|url\(|@font-face/)
    expect(content('script').toString()).not.toMatch(/\bimport\b|https?:|eval\(|new Function/)
  })

  it('writes markup only through the policy that the header allows', () => {
    const header = contentSecurityPolicy(['https://gateway.example'])
    expect(header).toContain("require-trusted-types-for 'script'; trusted-types florin-checkout")
    expect(header).toContain("form-action 'self' https://gateway.example;")
    expect(content('script').toString()).toContain('florin-checkout')
  })
})

describe('before the first build', () => {
  it('there are no files to link', () => {
    expect(readAssets(join(tmpdir(), 'never-built'))).toEqual({ style: null, script: null })
  })
})
