import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'

type Running = { origin: string; OWNER_EMAIL: string; OWNER_PASSWORD: string }

/** The product that the set-up started. */
export const running = (): Running => JSON.parse(process.env.FLORIN_BROWSER ?? '{}') as Running

export async function signIn(page: Page): Promise<void> {
  const { origin, OWNER_EMAIL, OWNER_PASSWORD } = running()
  await page.goto(`${origin}/sign-in`)
  await page.getByLabel(/e-mail/i).fill(OWNER_EMAIL)
  await page
    .getByLabel(/password|mot de passe/i)
    .first()
    .fill(OWNER_PASSWORD)
  await page.getByRole('button', { name: /sign in|se connecter/i }).click()
  await page.waitForURL((url) => !url.pathname.includes('sign-in'))
}

/** WCAG 2.2 A and AA, as far as a machine can tell. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze()
  const found = violations.map(
    (one) => `${one.id}: ${one.nodes.map((node) => node.target.join(' ')).join(' | ')}`,
  )
  expect.soft(found, what).toEqual([])
}

export async function expectNoSidewaysScroll(page: Page, what: string): Promise<void> {
  const extra = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect.soft(extra, what).toBeLessThanOrEqual(0)
}

/** What the page's own console and the browser's policy say; a test ends with none. */
export function watchConsole(page: Page): string[] {
  const said: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') said.push(message.text())
  })
  page.on('pageerror', (fault) => said.push(fault.message))
  return said
}
