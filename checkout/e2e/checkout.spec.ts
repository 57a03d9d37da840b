import { expect, type Page, test } from '@playwright/test'
import {
  expectAccessible,
  expectNoSidewaysScroll,
  running,
  signIn,
  watchConsole,
} from '#test/browser/pages.ts'

async function newCheckout(page: Page, value: string): Promise<string> {
  await signIn(page)
  const answer = await page.request.post(`${running().origin}/v1/test_tools/test_payment`, {
    headers: { 'florin-client': 'web', 'florin-mode': 'test' },
    data: { amount: { value, currency: 'EUR' } },
  })
  return (await answer.json()).checkout_url
}

for (const language of ['en', 'fr'] as const) {
  for (const scheme of ['light', 'dark'] as const) {
    test(`a payer pays, ${language}, ${scheme}, at 320 px, every page accessible`, async ({
      browser,
    }) => {
      const staff = await browser.newPage()
      const url = await newCheckout(staff, '12.34')
      const context = await browser.newContext({
        colorScheme: scheme,
        viewport: { width: 320, height: 700 },
      })
      const page = await context.newPage()
      const said = watchConsole(page)
      const look = async (what: string) => {
        await expectAccessible(page, what)
        await expectNoSidewaysScroll(page, what)
      }
      await page.goto(`${url}?lang=${language}`)
      await look('choose')
      await page.getByRole('button', { name: /pay|payer/i }).click()
      await page.waitForURL(/\/sandbox\/pay\//)
      await look('sandbox page')
      await page.getByLabel(/card number|numéro de carte/i).fill('4242424242424242')
      await page.getByRole('button', { name: /^(pay|payer)/i }).click()
      await page.waitForURL(/\/c\//)
      await expect(page.getByRole('status').first()).toBeVisible()
      await look('paid')
      await page.getByRole('link', { name: /receipt|reçu/i }).click()
      await page.waitForURL(/\/r\//)
      await look('receipt')
      expect(said).toEqual([])
      expect(await context.cookies()).toEqual([])
      await context.close()
      await staff.close()
    })
  }
}

test('without JavaScript a payer can pay as well', async ({ browser }) => {
  const staff = await browser.newPage()
  const url = await newCheckout(staff, '5.00')
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(url)
  await page.getByRole('button', { name: /pay/i }).click()
  await page.waitForURL(/\/sandbox\/pay\//)
  await page.getByLabel(/card number/i).fill('4000000000000002')
  await page.getByRole('button', { name: /^pay/i }).click()
  await page.waitForURL(/\/c\//)
  await expect(page.getByRole('status').first()).toContainText(/declined/i)
  await page
    .getByRole('button', { name: /pay|try/i })
    .first()
    .click()
  await page.waitForURL(/\/sandbox\/pay\//)
  await page.getByLabel(/card number/i).fill('4242424242424242')
  await page.getByRole('button', { name: /^pay/i }).click()
  await page.waitForURL(/\/c\//)
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/paid|received/i)
  await context.close()
})

test('Back and a second click never make a second charge', async ({ browser }) => {
  const staff = await browser.newPage()
  const url = await newCheckout(staff, '7.00')
  const page = await browser.newPage()
  await page.goto(url)
  await page.getByRole('button', { name: /pay/i }).dblclick()
  await page.waitForURL(/\/sandbox\/pay\//)
  const first = new URL(page.url()).pathname
  await page.goBack()
  await page.getByRole('button', { name: /pay/i }).click()
  await page.waitForURL(/\/sandbox\/pay\//)
  expect(new URL(page.url()).pathname).toBe(first)
})
