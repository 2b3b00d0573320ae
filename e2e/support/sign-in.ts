import { type Browser, type BrowserContext, expect, type Page } from '@playwright/test'
import type { Officer } from './installation'

const signedIn = new WeakMap<BrowserContext, Officer>()

/** Who signed in last in this page's browser. */
export function officerOf(page: Page): Officer {
  const officer = signedIn.get(page.context())
  if (!officer) throw new Error('nobody has signed in here')
  return officer
}

/** Signs in by the form, as a person does, and waits until the console shows who came in. */
export async function signIn(page: Page, officer: Officer): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel('E-mail').fill(officer.email)
  await page.getByLabel('Password').fill(officer.password)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('button', { name: 'Your menu' })).toContainText(officer.name)
  signedIn.set(page.context(), officer)
}

/** A page in a browser context of its own, its officer signed in. An error that its script does not catch fails the test. */
export async function openAs(browser: Browser, officer: Officer): Promise<Page> {
  const context = await browser.newContext()
  const page = await context.newPage()
  page.on('pageerror', (error) => {
    throw error
  })
  await signIn(page, officer)
  return page
}
