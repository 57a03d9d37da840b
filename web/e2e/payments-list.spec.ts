import { expect, type Page, test } from '@playwright/test'
import { expectAccessible, running, signIn, watchConsole } from '#test/browser/pages.ts'

const box = (page: Page) => page.locator('input[role=combobox]')
const chips = (page: Page) => page.getByRole('list', { name: 'Filters that are on' })
const rows = (page: Page) => page.locator('tbody tr')
const queryOf = (page: Page) => new URL(page.url()).searchParams.get('q')

async function openPayments(page: Page, search = ''): Promise<string[]> {
  const said = watchConsole(page)
  await signIn(page)
  await page.goto(`${running().origin}/payments?mode=test${search}`)
  await expect(rows(page).first()).toBeVisible()
  return said
}

test('[P-003] [P-022] [P-023] [F-011] [F-021] typed filters become chips and the address', async ({
  page,
}) => {
  const said = await openPayments(page)
  await page.keyboard.press('/')
  await page.keyboard.type('status:FAILED amount:>10')
  await page.keyboard.press('Enter')
  await expect(chips(page)).toContainText('Status: Failed')
  await expect(chips(page)).toContainText('Amount > 10')
  expect(queryOf(page)).toBe('status:failed amount:>10')
  await expect(rows(page).filter({ hasText: 'Failed' })).toHaveCount(await rows(page).count())

  await page.reload()
  await expect(chips(page)).toContainText('Status: Failed')
  await box(page).press('Backspace')
  await expect.poll(() => queryOf(page)).toBe('status:failed')
  await page.goBack()
  await expect(chips(page)).toContainText('Amount > 10')
  await page.getByRole('button', { name: 'Change filter Status: Failed' }).click()
  await expect(box(page)).toHaveValue('status:failed')
  await box(page).fill('status:succeeded')
  await box(page).press('Enter')
  await expect.poll(() => queryOf(page)).toBe('status:succeeded amount:>10')
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await expect.poll(() => queryOf(page)).toBeNull()
  expect(said).toEqual([])
})

test('an unknown filter is never ignored: it is named, with the nearest words', async ({
  page,
}) => {
  await openPayments(page)
  await box(page).fill('statsu:failed')
  await box(page).press('Enter')
  await expect(page.getByRole('alert')).toContainText('statsu')
  expect(queryOf(page)).toBeNull()
  await page.getByRole('button', { name: 'Use status instead' }).click()
  await expect(box(page)).toHaveValue('status:failed')
  await page.goto(`${running().origin}/payments?mode=test&q=statsu:failed`)
  await expect(page.getByRole('alert')).toContainText('statsu')
  await expect(rows(page)).toHaveCount(0)
})

test('[P-024] [P-025] [F-013] [F-016] the Filters button offers the same without typing', async ({
  page,
}) => {
  await openPayments(page)
  await page.keyboard.press('f')
  const panel = page.getByRole('dialog', { name: 'Filters' })
  await panel.getByLabel('Succeeded').check()
  await panel.getByRole('button', { name: 'This month' }).click()
  await panel.getByRole('group', { name: 'Amount' }).getByLabel('From').fill('1,000.50')
  await panel.getByRole('group', { name: 'Amount' }).getByLabel('From').press('Enter')
  await expect.poll(() => queryOf(page)).toBe('status:succeeded created:this_month amount:>=1000.5')
  await expectAccessible(page, 'the filters')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Filters (3)' })).toBeFocused()
})

test('[P-153] [P-154] an empty view says which filter hides how many payments', async ({
  page,
}) => {
  await openPayments(page)
  await box(page).fill('status:failed created:2020')
  await box(page).press('Enter')
  await expect(page.getByText(/2 filters hide [\d,]+ payments/)).toBeVisible()
  await expectAccessible(page, 'the empty view')
  await page.getByRole('button', { name: 'Remove “Created: 2020”' }).click()
  await expect(rows(page).first()).toBeVisible()
  expect(queryOf(page)).toBe('status:failed')
})

test('[P-013] columns, order and height are chosen, kept, and shared by address', async ({
  page,
}) => {
  await openPayments(page)
  await page.getByRole('button', { name: 'Columns' }).click()
  await page.getByRole('checkbox', { name: 'Updated' }).check()
  await page.getByRole('checkbox', { name: 'Gateway', exact: true }).uncheck()
  await page.getByRole('button', { name: 'Move Amount up' }).click()
  await page.getByRole('radio', { name: 'Dense' }).check()
  await page.keyboard.press('Escape')
  const heads = page.getByRole('columnheader')
  await expect(heads.filter({ hasText: 'Updated' })).toBeVisible()
  await expect(heads.filter({ hasText: /^Gateway$/ })).toHaveCount(0)
  const address = page.url()
  await page.goto(`${running().origin}/payments?mode=test`)
  await expect(heads.filter({ hasText: 'Updated' })).toBeVisible()
  await page.evaluate(() => localStorage.clear())
  await page.goto(address)
  await expect(heads.filter({ hasText: 'Updated' })).toBeVisible()
  await heads.filter({ hasText: 'Amount' }).getByRole('button').click()
  await expect(heads.filter({ hasText: 'Amount' })).toHaveAttribute('aria-sort', 'descending')
})

test('pages go on and back, and rows are walked by keyboard', async ({ page }) => {
  await openPayments(page, '&limit=10')
  const first = await rows(page).first().getAttribute('data-id')
  await page.getByRole('button', { name: 'Next' }).click()
  await expect(rows(page).first()).not.toHaveAttribute('data-id', first ?? '')
  await expect(page.getByRole('button', { name: 'Next' })).toBeFocused()
  await page.getByRole('button', { name: 'Previous' }).click()
  await expect(rows(page).first()).toHaveAttribute('data-id', first ?? '')
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/\/payments\/pay_/)
  await page.goBack()
  await expect(rows(page)).toHaveCount(10)
})

test('[P-027] [F-022] an export holds exactly the rows and sums of the view', async ({ page }) => {
  await openPayments(page, '&q=status:failed+currency:EUR')
  const numbers = page.getByText(/^[\d,]+ payments?$/).first()
  await expect(numbers).toBeVisible()
  const count = Number((await numbers.innerText()).replaceAll(/\D/g, ''))
  await page.keyboard.press('e')
  const download = page.waitForEvent('download')
  await page.getByRole('dialog').getByRole('button', { name: 'Export' }).click()
  const stream = await (await download).createReadStream()
  const parts: Buffer[] = []
  for await (const part of stream) parts.push(part as Buffer)
  const lines = Buffer.concat(parts).toString('utf8').trimEnd().split(/\r?\n/)
  expect(lines).toHaveLength(count + 1)
  expect(lines[0]).toContain('Amount')
  await expect(page.getByRole('region', { name: 'Exports under way' })).toContainText('Done')
})

test('in French: words, decimals and the same address', async ({ browser }) => {
  const page = await browser.newPage({ locale: 'fr-FR' })
  await openPayments(page)
  await box(page).fill('statut:échoué montant:>10,50')
  await box(page).press('Enter')
  await expect(page.getByText('Statut\u00a0: Échoué')).toBeVisible()
  await expect(page.getByText('Montant > 10,5')).toBeVisible()
  await expect.poll(() => queryOf(page)).toBe('status:failed amount:>10.5')
  await page.close()
})
