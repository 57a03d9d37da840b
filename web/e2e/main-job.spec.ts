import { expect, test } from '@playwright/test'
import { running, signIn, watchConsole } from '#test/browser/pages.ts'

test('the main job: a payer pays, staff see it at once, read it and refund a part', async ({
  browser,
}) => {
  const staff = await browser.newPage()
  const said = watchConsole(staff)
  await signIn(staff)
  await staff.goto(`${running().origin}/payments`)
  await expect(staff.getByRole('table')).toBeVisible()
  const made = await staff.request.post(`${running().origin}/v1/test_tools/test_payment`, {
    headers: { 'florin-client': 'web', 'florin-mode': 'test' },
    data: { amount: { value: '61.37', currency: 'EUR' } },
  })
  const { payment_id, checkout_url } = await made.json()

  const payer = await browser.newPage()
  await payer.goto(checkout_url)
  await payer.getByRole('button', { name: /pay/i }).click()
  await payer.waitForURL(/\/sandbox\/pay\//)
  await payer.getByLabel(/card number/i).fill('4242424242424242')
  await payer.getByRole('button', { name: /^pay/i }).click()
  await payer.waitForURL(/\/c\//)
  await expect(payer.getByRole('heading', { level: 1 })).toContainText(/paid|payment received/i)

  const paidAt = Date.now()
  const pill = staff.getByRole('button', { name: /new/i })
  const row = staff.getByRole('row', { name: /61\.37/ })
  await expect(pill.or(row).first()).toBeVisible({ timeout: 2000 })
  expect(Date.now() - paidAt).toBeLessThan(2000)
  if (await pill.first().isVisible()) await pill.first().click()
  await expect(row).toContainText(/succeeded|paid/i)

  await staff.goto(`${running().origin}/payments/${payment_id}`)
  await expect(staff.getByRole('heading', { level: 1 })).toContainText('61.37')
  await expect(staff.getByText('sales', { exact: false }).first()).toBeVisible()
  await staff.keyboard.press('u')
  const dialog = staff.getByRole('dialog')
  await dialog.getByLabel(/amount/i).fill('20.00')
  await dialog.getByLabel(/reason/i).fill('one item came back')
  await dialog
    .getByRole('button', { name: /refund/i })
    .last()
    .click()
  await expect(staff.getByText(/20\.00/).first()).toBeVisible()
  expect(said).toEqual([])
})
