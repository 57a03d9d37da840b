import { defineConfig } from '@playwright/test'
import { findBrowser } from './scripts/browser.mjs'

/** The main job and every page, in a real Chromium, against the product on a fresh database. */
// biome-ignore lint/style/noDefaultExport: the runner asks for it.
export default defineConfig({
  testDir: '.',
  testMatch: ['web/e2e/**/*.spec.ts', 'checkout/e2e/**/*.spec.ts'],
  globalSetup: './server/test/browser/setup.ts',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  timeout: 60_000,
  reporter: 'list',
  use: {
    launchOptions: await findBrowser(),
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
    viewport: { width: 1280, height: 900 },
  },
})
