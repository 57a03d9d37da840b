import { expect, test } from '@playwright/test'
import {
  expectAccessible,
  expectNoSidewaysScroll,
  running,
  signIn,
  watchConsole,
} from '#test/browser/pages.ts'

const PAGES = [
  '/',
  '/payments',
  '/payments?q=status%3Afailed',
  '/payments?q=name%3Anobody-at-all',
  '/transactions',
  '/refunds',
  '/links',
  '/customers',
  '/gateways',
  '/exports',
  '/developers/api-keys',
  '/developers/gateway-events',
  '/developers/events',
  '/developers/test-tools',
  '/settings',
  '/settings/audit-log',
  '/no-such-page',
]

for (const language of ['en', 'fr'] as const) {
  for (const scheme of ['light', 'dark'] as const) {
    test(`every page, ${language}, ${scheme}: axe finds nothing and nothing is cut off`, async ({
      browser,
    }) => {
      test.setTimeout(180_000)
      const context = await browser.newContext({
        colorScheme: scheme,
        locale: language === 'fr' ? 'fr-FR' : 'en-GB',
        viewport: { width: 1440, height: 900 },
      })
      const page = await context.newPage()
      const said = watchConsole(page)
      await signIn(page)
      const paths = [...PAGES, await somePayment(page)]
      for (const path of paths) {
        const what = `${path} ${language} ${scheme}`
        await page.setViewportSize({ width: 1440, height: 900 })
        await page.goto(running().origin + path)
        await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
        await page.waitForLoadState('networkidle')
        expect(await page.locator('html').getAttribute('lang'), what).toBe(language)
        await expectAccessible(page, what)
        await page.setViewportSize({ width: 320, height: 800 })
        await expectNoSidewaysScroll(page, `${what} at 320 px`)
      }
      expect(said).toEqual([])
      await context.close()
    })
  }
}

async function somePayment(page: import('@playwright/test').Page): Promise<string> {
  const answer = await page.request.get(`${running().origin}/v1/payments?limit=1`, {
    headers: { 'florin-mode': 'test' },
  })
  const { data } = await answer.json()
  return `/payments/${data[0].id}`
}

test('the API reference: axe finds nothing, at 320 px nothing is cut off', async ({ page }) => {
  await page.goto(`${running().origin}/docs/api`)
  await expectAccessible(page, 'reference')
  await page.setViewportSize({ width: 320, height: 800 })
  await expectNoSidewaysScroll(page, 'reference at 320 px')
})
