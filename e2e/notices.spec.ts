import { expect, type Page, test } from '@playwright/test'
import { startWebhookReceiver } from '@/lib/testing/notices/webhook-receiver'
import { expectAccessible } from './support/axe'
import { officerWith } from './support/installation'
import { openAs } from './support/sign-in'

/** Where this run's console sends to; nobody listens there by itself. */
const listen = () =>
  startWebhookReceiver({
    port: Number(process.env.E2E_WEBHOOK_PORT),
    secret: Buffer.from(process.env.E2E_WEBHOOK_SECRET ?? '', 'base64'),
  })

const openNotices = (page: Page) => page.getByRole('table', { name: 'Open notices' })

test('a KEK that expires within 30 days is counted in the navigation and leads to its page', async ({ browser }) => {
  const page = await openAs(browser, officerWith(['custodian']))
  const place = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Notices \d+ waiting$/ })
  await expect(place).toBeVisible({ timeout: 90_000 }) // the first look comes within a minute, and the shell asks by itself
  await place.click()
  await expect(page).toHaveTitle(/Notices/)
  const row = openNotices(page).getByRole('row', { name: /hsm-kek-2026-q4/ })
  await expect(row).toContainText('KEK expires')
  await expect(page.getByRole('heading', { name: 'Sent' })).toHaveCount(0)
  await expectAccessible(page, 'notices')
  await page.setViewportSize({ width: 360, height: 740 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  await row.getByRole('link').press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toContainText('hsm-kek-2026-q4')
})

test('a test says in place how it went, and arrives signed', async ({ browser }) => {
  const page = await openAs(browser, officerWith(['administrator']))
  await page.goto('/notifications')
  const send = page.getByRole('main').getByRole('button', { name: 'Send a test' })
  await send.press('Enter')
  const answer = page.getByRole('main').getByRole('status')
  await expect(answer).toContainText('The server could not be reached')
  const sent = page.getByRole('table', { name: 'What was sent' })
  await expect(sent.getByRole('row', { name: /A test of/ }).first()).toContainText('Given up')
  await expectAccessible(page, 'notices of an administrator')

  const receiver = await listen()
  try {
    await send.press('Enter')
    await expect(answer).toContainText('The test was taken on by the other side.')
    await expect(sent.getByRole('row', { name: /A test of/ }).first()).toContainText('Delivered')
    const tests = receiver.calls.filter(({ body }) => body.type === 'notice.test')
    expect(tests).toMatchObject([{ signed: true }])
  } finally {
    await receiver.close()
  }
})

test('an auditor sees what was sent, and why they can not send a test', async ({ browser }) => {
  const page = await openAs(browser, officerWith(['auditor']))
  await page.goto('/notifications')
  const send = page.getByRole('main').getByRole('button', { name: 'Send a test' })
  await send.focus()
  await expect(send).toHaveAttribute('aria-disabled', 'true')
  await expect(send).toHaveAccessibleDescription('This needs the role administrator.')
})
