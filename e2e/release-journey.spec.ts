import { expect, test } from '@playwright/test'
import { submitDescribed } from './support/actions-key-file'
import {
  allEvaluated,
  authority,
  debuggable,
  historyOf,
  IS_DEBUGGABLE,
  openPolicy,
  openPolicyReview,
  policyJson,
  release,
  releaseRows,
  tokenWith,
} from './support/actions-release'
import { describeKey, expectStep, giveFile, goOn, makeKek, openFileStep, uniqueName } from './support/actions-wizard'
import { sealNewKey } from './support/blobs'
import { confirmIdentity } from './support/confirm-identity'
import { officerWith } from './support/installation'
import { openAs } from './support/sign-in'
import { fillReview } from './support/waiting-import'

test('from the lab to the history: written, imported, approved, released, refused, changed, and each version explains its own past', async ({
  browser,
}) => {
  test.setTimeout(300_000)
  const custodian = await openAs(browser, officerWith(['custodian']))
  const second = await openAs(browser, officerWith(['approver'], 1))
  const name = uniqueName('released')
  const inProduction = await tokenWith()
  const onALaptop = await tokenWith(debuggable)
  let policy = ''

  await test.step('a policy, written in the lab, lets in one token and keeps out the other', async () => {
    await custodian.goto('/releases/lab')
    await custodian.getByLabel('Paste attestation tokens').fill(`${inProduction}\n${onALaptop}`)
    await custodian.getByRole('button', { name: 'Add tokens' }).click()
    await custodian.getByLabel('Start from a template').selectOption({ label: 'Confidential VM, for its applications' })
    await custodian.getByRole('button', { name: 'Use this template' }).click()
    await expect(custodian.getByText('2 of 2 pass')).toBeVisible()
    policy = await policyJson(custodian).inputValue()
  })

  await test.step('a key is imported with it, and enabled by another officer', async () => {
    const kek = await makeKek(custodian)
    const key = await sealNewKey(kek.name)
    await openFileStep(custodian, kek.id)
    await giveFile(custodian, key)
    await goOn(custodian)
    await expectStep(custodian, 'Describe the key')
    await describeKey(custodian, name)
    await custodian.getByRole('checkbox', { name: /^Exportable/ }).check()
    await policyJson(custodian).fill(policy)
    await goOn(custodian)
    await submitDescribed(custodian)
    const importId = new URL(custodian.url()).pathname.split('/').at(-1) ?? ''
    await fillReview(second, { importId, name, recorded: key.publicKeySha256 })
    await second.getByRole('button', { name: 'Enable this version' }).click()
    await confirmIdentity(second)
    await expect(second.getByRole('button', { name: 'Enable this version' })).toBeHidden({ timeout: 20_000 })
  })

  await test.step('released to the one, refused to the other', async () => {
    await release(custodian, name, inProduction)
    await expect(custodian.getByText('The vault released the key, as its policy says.')).toBeVisible()
    await release(custodian, name, onALaptop)
    await expect(custodian.getByText('The vault refused, as the policy says.')).toBeVisible()
  })

  await test.step('another policy is proposed by one and set by the other', async () => {
    await openPolicy(custodian, name)
    const vault = JSON.stringify(authority().attestation.url)
    const debugged = `{"version":"1.0.0","anyOf":[{"authority":${vault},"allOf":[{"claim":"${IS_DEBUGGABLE}","equals":true}]}]}`
    await policyJson(custodian).fill(debugged)
    await custodian.getByLabel('Reason').fill('For a week of looking into it')
    await custodian.getByRole('button', { name: 'Propose this policy' }).click()
    await confirmIdentity(custodian)
    await expect(custodian.getByRole('heading', { level: 1 })).toContainText(`another release policy for ${name}`)
    await openPolicyReview(second, name)
    await second.getByLabel('Reason').fill('Agreed, for a week')
    await second.getByRole('button', { name: 'Set this policy', exact: true }).click()
    await confirmIdentity(second)
    await expect(second.getByRole('button', { name: 'Set this policy', exact: true })).toBeHidden({ timeout: 20_000 })
  })

  await test.step('under it the vault decides the other way', async () => {
    await release(custodian, name, onALaptop)
    await expect(custodian.getByText('The vault released the key, as its policy says.')).toBeVisible()
  })

  await test.step('the history explains each by the policy of its time', async () => {
    await historyOf(custodian, name, 3)
    await allEvaluated(custodian, 3)
    const rows = releaseRows(custodian)
    await expect(rows.nth(0)).toContainText(/Released.*Agrees/s)
    await expect(rows.nth(1)).toContainText(/Denied.*Agrees/s)
    await expect(rows.nth(2)).toContainText(/Released.*Agrees/s)
    await rows.nth(1).getByRole('rowheader').getByRole('link').click()
    await expect(custodian.getByText('The vault and the policy agree: refused.')).toBeVisible()
    await expect(custodian.getByText(`${IS_DEBUGGABLE} has another value`)).toBeVisible()
  })
  await Promise.all([custodian.context().close(), second.context().close()])
})
