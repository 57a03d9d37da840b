import AxeBuilder from '@axe-core/playwright'
import { type Browser, type BrowserContextOptions, chromium, type Page } from '@playwright/test'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findBrowser } from '#scripts/browser.mjs'
import { openSandbox, type RunningSandbox } from '#test/sandbox.ts'
import { sandboxGateway } from '../../adapter.ts'

let browser: Browser
let sandbox: RunningSandbox
beforeAll(async () => {
  browser = await chromium.launch(await findBrowser())
  sandbox = await openSandbox()
})
afterAll(async () => {
  await browser.close()
  await sandbox.close()
})

let made = 0
async function open(): Promise<{ url: string; gateway_ref: string }> {
  made += 1
  const call = sandboxGateway.prepareCheckout(sandbox.account, {
    ...{ transaction_id: `txn_browser_${made}`, reference: 'Order 7', description: 'Two tickets' },
    amount: { amount: 123_456_789n, currency: 'EUR' },
    ...{
      locale: 'fr',
      return_url: `${sandbox.receiver.url}?back`,
      event_url: sandbox.receiver.url,
    },
    ...{ cancel_url: sandbox.receiver.url, expires_at_s: Math.floor(Date.now() / 1000) + 600 },
  })
  const outcome = await sandboxGateway.sendCharge(sandbox.account, call, sandbox.http)
  if (outcome.kind !== 'action_required') throw new Error(`the checkout was ${outcome.kind}`)
  return { url: outcome.redirect_url ?? '', gateway_ref: outcome.gateway_ref }
}

async function onPage(options: BrowserContextOptions, visit: (page: Page) => Promise<void>) {
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, ...options })
  await visit(await context.newPage()).finally(() => context.close())
}

async function isSound(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
}

describe.for(['light', 'dark'] as const)('%s, 320 px wide, axe finds nothing', (colorScheme) => {
  test.for(['en', 'fr'])('%s', async (language) => {
    const { url, gateway_ref } = await open()
    await onPage({ colorScheme }, async (page) => {
      await page.goto(`${url}?lang=${language}`)
      await isSound(page)
      await page.fill('#card_number', '4242 4242 4242 4241')
      await page.click('button.primary')
      await isSound(page)
      await page.click('button[value="4000002500003155"]')
      await isSound(page)
      await page.click('button[value="approve"]')
      await page.goto(`${url}?lang=${language}`)
      await isSound(page)
      const dashboard = sandboxGateway.dashboardUrl(sandbox.account, gateway_ref)
      await page.goto(`${dashboard}?lang=${language}`)
      await isSound(page)
      await page.fill('#amount', '9999999999')
      await page.click('form button')
      await isSound(page)
      await page.goto(`${sandbox.account.base_url}/pay/none?lang=${language}`)
      await isSound(page)
    })
  })
})

test('without JavaScript: a test card pays and the payer is sent back', async () => {
  const { url } = await open()
  await onPage({ javaScriptEnabled: false, locale: 'fr-FR' }, async (page) => {
    await page.goto(url)
    expect(await page.locator('.amount').textContent()).toMatch(/1\s234\s567,89\s€/)
    await page.getByRole('button', { name: '4242 4242 4242 4242' }).click()
    expect(page.url()).toBe(`${sandbox.receiver.url}?back`)
  })
})

test('a typed card pays by keyboard alone', async () => {
  const { url } = await open()
  await onPage({}, async (page) => {
    await page.goto(`${url}?lang=en`)
    await page.getByLabel('Card number').focus()
    await page.keyboard.type('4242424242424242')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${sandbox.receiver.url}?back`)
  })
})
