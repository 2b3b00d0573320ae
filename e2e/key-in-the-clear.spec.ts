import { randomBytes } from 'node:crypto'
import { expect, type Page, test } from '@playwright/test'
import { searchFor } from '@/lib/testing/canary/find-needles'
import { needlesOf } from '@/lib/testing/canary/needles'
import { openInTheClear, openKeyFile, passPreflight, submitDescribed } from './support/actions-key-file'
import { choosePurpose, expectStep, goOn, submitButton, uniqueName } from './support/actions-wizard'
import { expectAccessible } from './support/axe'
import { confirmIdentity } from './support/confirm-identity'
import { sql } from './support/database'
import { allLogs, keptByBrowser, pageHeap, watchPage, wholeDatabase } from './support/evidence'
import { officerWith } from './support/installation'
import { KEY_FILES, type KeyFile } from './support/key-files'
import { openAs } from './support/sign-in'
import { vaultKeys } from './support/vault-keys'

const needlesIn = ({ secrets }: KeyFile) => secrets.flatMap(needlesOf)

const acknowledgement = (page: Page) => page.getByLabel('I know that the server will see the private key')
const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Confirm that it is you' })

async function describeInSoftware(page: Page, name: string): Promise<void> {
  await expectStep(page, 'Describe the key')
  await page.getByLabel('Name in the vault').fill(name)
  await page.getByRole('radio', { name: /^Software / }).check()
  await choosePurpose(page)
}

/** From the key's description to the last step, every warning acknowledged. */
async function goToAnswers(page: Page): Promise<void> {
  await goOn(page)
  await passPreflight(page)
}

/** Every body that a page sends from now on. */
function bodiesOf(page: Page): Buffer[] {
  const bodies: Buffer[] = []
  page.on('request', (request) => {
    const body = request.postDataBuffer()
    if (body) bodies.push(body)
  })
  return bodies
}

test('a key that goes in the clear is in one body, once, after the officer has proved who they are', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  const page = await openAs(browser, officerWith(['custodian']))
  const file = KEY_FILES.JWK()
  const search = searchFor(needlesIn(file))
  const bodies = bodiesOf(page)
  const watched = watchPage(page)
  const carrying = () => bodies.filter((body) => search(body).length > 0)
  await openInTheClear(page, file)
  await acknowledgement(page).check()
  await goOn(page)
  await describeInSoftware(page, uniqueName('once'))
  await goToAnswers(page)

  await test.step('who leaves the dialog has sent nothing, and the key is held still', async () => {
    await submitButton(page).click()
    await dialogOf(page).getByRole('button', { name: 'Cancel' }).click()
    await expect(page.getByRole('alert').filter({ hasText: 'You did not confirm that it is you' })).toBeVisible()
    await expectStep(page, 'Check your answers')
    expect(carrying()).toEqual([])
    expect(page.workers()).toHaveLength(1)
  })

  await test.step('the worker gives the key once they are known', async () => {
    await submitButton(page).click()
    await expect(dialogOf(page)).toBeVisible()
    expect(carrying()).toEqual([])
    expect(page.workers()).toHaveLength(1)
    await confirmIdentity(page)
    await expect(page.getByRole('heading', { level: 1, name: /^Import IMP-/ })).toBeVisible({ timeout: 30_000 })
    expect(carrying()).toHaveLength(1)
    expect(page.workers()).toHaveLength(0)
  })

  await test.step('and nowhere else', async () => {
    expect(search(await pageHeap(page)), 'the page’s heap').toEqual([])
    expect(search(await keptByBrowser(page)), 'storage').toEqual([])
    expect(search(watched.said()), 'the browser’s console').toEqual([])
    expect(search(await wholeDatabase()), 'the database').toEqual([])
    const logs = allLogs()
    expect(logs.includes('imports.submit-private-jwk'), 'the act is in the logs that were searched').toBe(true)
    expect(search(logs), 'logs').toEqual([])
  })
  await page.context().close()
})

test('refused after it was sent: the key is held no more, its file is given and acknowledged again, and it crosses', async ({
  browser,
}) => {
  test.setTimeout(180_000)
  const page = await openAs(browser, officerWith(['custodian']))
  const file = KEY_FILES['PKCS#8, DER']()
  const taken = uniqueName('taken')
  const bodies = bodiesOf(page)
  const search = searchFor(needlesIn(file))
  await openInTheClear(page, file)
  await acknowledgement(page).check()
  await goOn(page)
  await describeInSoftware(page, taken)
  await goToAnswers(page)

  await test.step('another takes the name meanwhile', async () => {
    await vaultKeys().createEcKey(taken)
    await submitButton(page).click()
    await confirmIdentity(page)
    await expectStep(page, 'Give the key file or transfer blob')
    await expect(page.getByText(`${file.fileName} is no longer held.`)).toBeVisible()
    await expect(page.getByText('The key was handed over, and is held here no more.')).toBeVisible()
    await expectAccessible(page, 'refused over TLS')
    expect(page.workers()).toHaveLength(0)
    expect(search(await pageHeap(page)), 'the page’s heap').toEqual([])
  })

  await test.step('what was acknowledged of the file before does not serve again', async () => {
    await openKeyFile(page, file)
    await expect(acknowledgement(page)).not.toBeChecked()
    await acknowledgement(page).check()
    await goOn(page)
    const name = uniqueName('free')
    await page.getByLabel('Name in the vault').fill(name)
    await goOn(page)
    await submitDescribed(page)
    const rows = await sql('SELECT origin, public_key_sha256 FROM import WHERE key_name = ANY($1)', [[taken, name]])
    expect(rows).toEqual([{ origin: 'over_tls', public_key_sha256: file.spkiSha256 }])
    expect(bodies.filter((body) => search(body).length > 0)).toHaveLength(2)
  })
  await page.context().close()
})

test('the session that ends takes nothing along: the key stays with its worker, and nothing of it was sent', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  const page = await openAs(browser, officerWith(['custodian']))
  const file = KEY_FILES['SEC 1']()
  const bodies = bodiesOf(page)
  const name = uniqueName(`ended-${randomBytes(3).toString('hex')}`)
  await openInTheClear(page, file)
  await acknowledgement(page).check()
  await goOn(page)
  await describeInSoftware(page, name)
  await goToAnswers(page)
  await page.context().clearCookies()
  await submitButton(page).click()
  await expect(page.getByRole('link', { name: 'Sign in in a new tab' })).toBeVisible()
  expect(bodies.filter((body) => searchFor(needlesIn(file))(body).length > 0)).toEqual([])
  expect(page.workers()).toHaveLength(1)
  await page.context().close()
})
