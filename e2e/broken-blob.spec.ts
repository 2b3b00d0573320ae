import { expect, test } from '@playwright/test'
import { type BrokenBlob, brokenBlobs } from '@/lib/testing/broken-blobs'
import {
  describeKey,
  expectStep,
  giveFile,
  goOn,
  makeKek,
  openFileStep,
  submitButton,
  uniqueName,
} from './support/actions-wizard'
import { sealNewKey } from './support/blobs'
import { officerWith } from './support/installation'
import { openAs } from './support/sign-in'
import { vaultKeys, versionsOf } from './support/vault-keys'

/** Stopped where the file is given. */
const NO_BLOB = ['empty', 'utf-16-marked', 'base64-of-json', 'compact-jwe', 'two-ciphertexts'] as const
/** A blob by its form, but not for this KEK or this type: stopped by preflight. */
const NOT_THIS_KEY = ['rest-of-16', 'rest-of-aes-256'] as const

function pick(blobs: readonly BrokenBlob[], id: string): BrokenBlob {
  const found = blobs.find((blob) => blob.id === id)
  if (!found) throw new Error(`no broken blob ${id}`)
  return found
}

test('a broken file is told by its sentence, and can’t be submitted', async ({ browser }) => {
  test.setTimeout(120_000)
  const page = await openAs(browser, officerWith(['custodian']))
  const kek = await makeKek(page)
  const blobs = brokenBlobs({ bytes: (await sealNewKey(kek.name)).bytes, kekBits: 3072 })
  const name = uniqueName('broken')
  await openFileStep(page, kek.id)

  for (const id of NO_BLOB) {
    await test.step(`${id}: the file's own step says it`, async () => {
      const { bytes, sentence } = pick(blobs, id)
      await giveFile(page, { fileName: `${id}.byok`, bytes: Buffer.from(bytes) })
      await expect(page.getByText(`${id}.byok`, { exact: true })).toBeVisible()
      await goOn(page)
      await expectStep(page, 'Give the key file or transfer blob')
      const problems = page.getByRole('alert').filter({ hasText: 'There is a problem' })
      await expect(problems.getByRole('listitem').filter({ hasText: sentence })).toBeVisible()
      // By its address the last step can't be had either.
      await expect(submitButton(page)).toHaveCount(0)
    })
  }

  for (const id of NOT_THIS_KEY) {
    await test.step(`${id}: preflight says it`, async () => {
      const { bytes, sentence } = pick(blobs, id)
      await openFileStep(page, kek.id)
      await giveFile(page, { fileName: `${id}.byok`, bytes: Buffer.from(bytes) })
      await goOn(page)
      await expectStep(page, 'Describe the key')
      await page.getByLabel('Name in the vault').fill(name)
      await page.getByLabel(/^(Another type|Type)$/).selectOption({ label: 'P-256 (EC-HSM)' })
      await page.getByRole('radio', { name: 'Sign', exact: true }).check()
      await goOn(page)
      await expectStep(page, 'Preflight')
      const row = page
        .getByRole('listitem')
        .filter({ hasText: /^Failed/ })
        .filter({ hasText: sentence.split('. ')[0] ?? '' })
      await expect(row).toBeVisible()
      expect((await row.allInnerTexts()).join().replaceAll('\n', ' ')).toContain(sentence)
      await goOn(page)
      await expectStep(page, 'Preflight')
      await expect(page.getByRole('alert').filter({ hasText: 'There is a problem' })).toBeVisible()
      await expect(submitButton(page)).toHaveCount(0)
    })
  }

  await test.step('the last step can’t be reached by its address, and the vault never heard of it', async () => {
    const address = new URL(page.url())
    address.searchParams.set('step', 'answers')
    await page.goto(address.href)
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('Check your answers')
    await expect(submitButton(page)).toHaveCount(0)
    expect(await versionsOf(vaultKeys(), name)).toEqual([])
  })
  await page.context().close()
})

test('a sound file in the same place goes on, so that the sentences above are what stopped the others', async ({
  browser,
}) => {
  const page = await openAs(browser, officerWith(['custodian']))
  const kek = await makeKek(page)
  await openFileStep(page, kek.id)
  await giveFile(page, await sealNewKey(kek.name))
  await goOn(page)
  await expectStep(page, 'Describe the key')
  await describeKey(page, uniqueName('sound'))
  await goOn(page)
  await expectStep(page, 'Preflight')
  await expect(page.getByRole('listitem').filter({ hasText: /^Failed/ })).toHaveCount(0)
  await page.context().close()
})
