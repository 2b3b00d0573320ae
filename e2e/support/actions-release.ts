import { generateKeyPairSync } from 'node:crypto'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, type Page } from '@playwright/test'
import { z } from 'zod'
import { attest } from '../../lib/local-vault/testing/attest'
import { findInInventory, openKey } from './actions-inventory'
import { confirmIdentity } from './confirm-identity'
import { dataFolder } from './installation'

const withAuthority = z.object({ attestation: z.object({ url: z.url() }) })

/** The installation's own attestation authority. */
export const authority = () =>
  withAuthority.parse(JSON.parse(readFileSync(path.join(dataFolder(), 'local.json'), 'utf8')))

/** The environment's key; nobody here ever opens what is wrapped for it. */
const environment = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' })

/** A confidential VM's token; `claims` lie over its layout's. */
export const tokenWith = (claims: Record<string, unknown> = {}) => attest(authority(), { key: environment, claims })

export const IS_DEBUGGABLE = 'x-ms-isolation-tee.x-ms-sevsnpvm-is-debuggable'
export const debuggable = { 'x-ms-isolation-tee': { 'x-ms-sevsnpvm-is-debuggable': true } }

export const policyJson = (page: Page) => page.getByLabel('Release policy, as JSON')

export async function openReleaseForm(page: Page, name: string): Promise<void> {
  await openKey(page, name)
  await page.getByRole('link', { name: 'Release', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Release ${name}`)
}

/** Ends on the page that tells the release's end. */
export async function release(page: Page, name: string, token: string): Promise<void> {
  await openReleaseForm(page, name)
  await page.getByLabel('Attestation token').fill(token)
  await page.getByLabel('Reason').fill('To show that the policy works')
  await page.getByRole('button', { name: /^Release version/ }).click()
  await confirmIdentity(page)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Release of ${name}`)
}

export const releaseRows = (page: Page) =>
  page.getByRole('table', { name: 'Releases', exact: true }).locator('tbody').getByRole('row')

/** A key's part of the history, newest first, once the logs were read anew. */
export async function historyOf(page: Page, name: string, wanted: number): Promise<void> {
  await page.goto(`/releases?q=key:${name}`)
  await page.getByRole('button', { name: 'Read logs now' }).click()
  await expect(releaseRows(page)).toHaveCount(wanted, { timeout: 30_000 })
}

/** Waits until the job has evaluated all of what is shown. */
export async function allEvaluated(page: Page, count: number): Promise<void> {
  await expect(async () => {
    await page.reload()
    await expect(page.getByText(`${count} of ${count} evaluated against a policy.`)).toBeVisible({ timeout: 1_000 })
  }).toPass({ timeout: 60_000 })
}

export async function openPolicy(page: Page, name: string): Promise<void> {
  const row = await findInInventory(page, name)
  await row.getByRole('link', { name, exact: true }).click()
  await page.getByRole('link', { name: 'release policy' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Release policy of ${name}`)
}

export async function openPolicyReview(page: Page, keyName: string): Promise<void> {
  await page.goto('/review')
  const row = page.getByRole('table', { name: 'Reviews that wait' }).getByRole('row').filter({ hasText: keyName })
  await expect(row).toContainText('Release policy')
  await row.getByRole('link', { name: /^POL-/ }).click()
  await expect(page.getByRole('heading', { level: 1 })).toContainText(`another release policy for ${keyName}`)
}
