import { createCipheriv, createHash, createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { groupFingerprint } from '@/lib/crypto'
import { OFFLINE_CHECKS } from '@/lib/domain/preflight/offline'
import { brokenBlobs } from '@/lib/testing/broken-blobs'
import { makeKek } from './support/actions-wizard'
import { expectAccessible } from './support/axe'
import { officerWith } from './support/installation'
import {
  confirmKek,
  giveKek,
  giveKeyFile,
  inspectBlob,
  openSealer,
  SEALER_FILE,
  type SealedFiles,
  sealKeyFile,
  typePassphrase,
} from './support/offline-sealer'
import {
  aesKey,
  checkValueAtVault,
  ecPem,
  encryptedRsa,
  importAtVault,
  kekAtVault,
  oldPkcs12,
  type PairFile,
  rsaPem,
} from './support/sealer-keys'
import { openAs } from './support/sign-in'

const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex')
const spkiOf = ({ publicKey }: PairFile) => publicKey.export({ type: 'spki', format: 'der' })
const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex')

/** The record and the saved public key name the key that was in the file, and the blob that was saved. */
function expectRecord(files: SealedFiles, pair: PairFile, kid: string): void {
  expect(files.record).toContain(groupFingerprint(sha256(spkiOf(pair))))
  expect(files.record).toContain(groupFingerprint(sha256(files.blob)))
  expect(files.record).toContain(kid)
  const saved = createPublicKey(files.publicKeyPem ?? '').export({ type: 'spki', format: 'der' })
  expect(hex(saved)).toBe(hex(spkiOf(pair)))
  const { generator, header } = JSON.parse(files.blob.toString('utf8')) // the sealer's own file
  expect(generator).toMatch(/^Drawbridge \d+\.\d+\.\d+ offline sealer$/)
  expect(header.kid).toBe(kid)
}

test('RSA, encrypted PKCS#8 and elliptic curve files, sealed without a server, are those very keys in the vault', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  const kek = await kekAtVault('azure-key-vault')
  const page = await openSealer(browser)

  await test.step('an RSA key as PEM, the KEK as PEM and identifier', async () => {
    await giveKek(page, kek)
    const shown = page.getByRole('tabpanel').locator('.fingerprint').first()
    await expect(shown).toHaveText(groupFingerprint(sha256(kek.spki)), { useInnerText: false })
    await confirmKek(page)
    const file = rsaPem()
    const sealed = await sealKeyFile(page, file)
    expectRecord(sealed, file, kek.kid)
    const { key } = await importAtVault('azure-key-vault', 'RSA-HSM', sealed.blob)
    expect(Buffer.from(key?.n ?? []).toString('base64url')).toBe(file.publicKey.export({ format: 'jwk' }).n)
  })

  await test.step('an encrypted PKCS#8: a wrong passphrase is told, and the field is empty at once', async () => {
    const file = encryptedRsa('Grüße, 12')
    await giveKeyFile(page, file)
    await typePassphrase(page, 'Grusse, 12')
    await expect(page.getByText('The passphrase does not open the file')).toBeVisible()
    await expect(page.getByLabel('Passphrase')).toHaveValue('')
    const sealed = await sealKeyFile(page, file)
    expectRecord(sealed, file, kek.kid)
    const { key } = await importAtVault('azure-key-vault', 'RSA-HSM', sealed.blob)
    expect(Buffer.from(key?.n ?? []).toString('base64url')).toBe(file.publicKey.export({ format: 'jwk' }).n)
  })

  await test.step('P-256 and P-256K, the KEK by the sheet’s QR text; an old PKCS#12 under 3DES', async () => {
    await giveKek(page, { qr: kek.qr })
    await confirmKek(page)
    const files = [
      [ecPem('prime256v1'), 'P-256'],
      [ecPem('secp256k1'), 'P-256K'],
      [oldPkcs12('changeit'), 'P-256K'],
    ] as const
    for (const [file, curve] of files) {
      const sealed = await sealKeyFile(page, file)
      expectRecord(sealed, file, kek.kid)
      const { key } = await importAtVault('azure-key-vault', 'EC-HSM', sealed.blob, curve)
      const { x, y } = file.publicKey.export({ format: 'jwk' })
      expect([key?.crv, base64Url(key?.x), base64Url(key?.y)]).toEqual([curve, x, y])
    }
  })
  await page.close()
})

const base64Url = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('base64url')

test('an AES key, sealed without a server, has the same check value in a Managed HSM', async ({ browser }) => {
  const kek = await kekAtVault('azure-managed-hsm')
  const page = await openSealer(browser)
  await giveKek(page, { qr: kek.qr })
  await confirmKek(page)
  const file = aesKey()
  const sealed = await sealKeyFile(page, file)
  const cipher = createCipheriv('aes-256-ecb', file.bytes, null).setAutoPadding(false)
  const expected = cipher.update(Buffer.alloc(16)).subarray(0, 3).toString('hex').toUpperCase()
  expect(sealed.record).toMatch(new RegExp(`Key check value \\(AES of zeros\\): +${expected}\\r\\n`))
  expect(sealed.record).toContain('compare the value with your record')
  expect(sealed.publicKeyPem).toBeNull()
  const { kid } = await importAtVault('azure-managed-hsm', 'oct-HSM', sealed.blob)
  expect(await checkValueAtVault(kid)).toBe(expected)
  await page.close()
})

test('nothing is sealed before the KEK was compared, and each trouble has its sentence', async ({ browser }) => {
  const kek = await kekAtVault('azure-key-vault')
  const page = await openSealer(browser)
  const seal = () => page.getByRole('button', { name: 'Seal the key' }).click()
  const problem = page.getByRole('alert').filter({ hasText: 'Not sealed yet.' })
  await seal()
  await expect(problem).toContainText('Give the KEK first')
  await giveKek(page, { pem: kek.pem, kid: kek.kid.slice(0, -33) })
  await expect(page.getByText('The identifier ends without the version.')).toBeVisible()
  await expect(page.getByRole('tabpanel').getByLabel('Key identifier (kid)')).toBeFocused()
  await expectAccessible(page, 'the sealer with an error')
  await giveKek(page, kek)
  await giveKeyFile(page, rsaPem())
  await expect(page.getByRole('heading', { name: 'Found in orders.pem' })).toBeFocused()
  await seal()
  await expect(problem).toContainText('Compare the KEK’s fingerprint with the sheet')
  await expectAccessible(page, 'the sealer with a found key')
  await giveKeyFile(page, { name: 'kek.pem', content: kek.pem })
  await expect(page.getByRole('alert')).toContainText('This is a public key. Choose the file with the private key.')
  await test.step('what belongs elsewhere is not left standing where it was given', async () => {
    const secret = String(rsaPem().content)
    const file = { name: 'orders.pem', mimeType: 'application/x-pem-file', buffer: Buffer.from(secret) }
    await page.getByRole('tabpanel').getByLabel('Or choose its file').setInputFiles(file)
    await expect(page.getByText('This is a private key. Only the KEK’s public key belongs here')).toBeVisible()
    await expect(page.getByRole('tabpanel').getByRole('textbox').first()).toHaveValue('')
    await giveKek(page, { pem: secret, kid: kek.kid })
    await expect(page.getByRole('tabpanel').getByRole('textbox').first()).toHaveValue('')
    await page
      .getByRole('tabpanel')
      .getByLabel('Or choose its file')
      .setInputFiles({ ...file, buffer: Buffer.from(kek.pem) })
    await expect(page.getByRole('heading', { name: 'This is the KEK that you gave' })).toBeFocused()
  })

  // What was shown and compared was another text: it does not count for the changed one.
  await confirmKek(page)
  await page.getByRole('tabpanel').getByLabel('Key identifier (kid)').press('End')
  await page.getByRole('tabpanel').getByLabel('Key identifier (kid)').press('Backspace')
  await expect(page.getByRole('checkbox')).toHaveCount(0)
  await page.close()
})

test('of several keys in one file the officer chooses one, by the keyboard alone', async ({ browser }) => {
  const kek = await kekAtVault('azure-key-vault')
  const page = await openSealer(browser)
  const [first, second] = [ecPem('prime256v1'), rsaPem()]
  // Of a curve that no vault takes.
  const other = ecPem('secp224r1')
  await page.getByRole('tab', { name: 'Seal a key' }).focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.insertText(kek.qr)
  // Past the file's button and the identifier, which the QR text holds.
  for (const key of ['Tab', 'Tab', 'Tab', 'Enter']) await page.keyboard.press(key)
  await expect(page.getByRole('heading', { name: 'This is the KEK that you gave' })).toBeFocused()
  for (const key of ['Tab', 'Space']) await page.keyboard.press(key)
  await expect(page.getByRole('checkbox')).toBeChecked()
  await giveKeyFile(page, { name: 'both.pem', content: `${first.content}${other.content}${second.content}` })
  await expect(page.getByRole('heading', { name: 'Found in both.pem' })).toBeFocused()
  await expect(page.getByText('Left out of the file: another part that may be keys')).toBeVisible()
  await page.getByRole('button', { name: 'Seal the key' }).press('Enter')
  await expect(page.getByRole('alert')).toContainText('where it holds several keys, the key')
  await expect(page.getByRole('radio').first()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByRole('radio', { name: /RSA, 2048 bits/ })).toBeChecked()
  await expectAccessible(page, 'the sealer with two keys')
  await page.getByRole('button', { name: 'Seal the key' }).press('Enter')
  await expect(page.getByText('Sealed. The key was wiped')).toBeVisible()
  const shown = page.getByRole('tabpanel').locator('.fingerprint').last()
  await expect(shown).toHaveText(groupFingerprint(sha256(spkiOf(second))), { useInnerText: false })
  await page.close()
})

test('a blob is checked without a vault and its bytes are mapped; each broken one is told by its sentence', async ({
  browser,
}) => {
  test.setTimeout(120_000)
  const kek = await kekAtVault('azure-key-vault')
  const page = await openSealer(browser)
  await giveKek(page, kek)
  await confirmKek(page)
  const { blob } = await sealKeyFile(page, ecPem('prime256v1'))
  await expectAccessible(page, 'the sealer with a sealed key')

  await page.getByRole('tab', { name: 'Seal a key' }).press('ArrowRight')
  await expect(page.getByRole('tab', { name: 'Inspect a blob' })).toBeFocused()
  await inspectBlob(page, 'good.byok', blob)
  const report = page.getByRole('tabpanel')
  await expect(report).toContainText('6 waiting')
  // By its length it could be a P-256 key under a KEK of 3072 bits, or an AES-128 key under one of 4096.
  const wrapped = report.getByRole('row').filter({ hasText: 'AES-KWP part' })
  await expect(wrapped).toContainText(['That is the length of P-256', 'That is the length of AES-128'])
  await page.getByText('Give the KEK too').click()
  await giveKek(page, kek)
  await page.getByLabel('What the key is, by your record').selectOption('P-256')
  await expect(report.getByRole('alert')).toHaveCount(0)
  await expect(report).toContainText('20 of 20 checks passed.')
  await expect(wrapped).toContainText(['That is the length of P-256'])
  const block = report.getByRole('row').filter({ hasText: 'RSA-OAEP block' })
  await expect(block.getByRole('cell').first()).toHaveText('0–383')
  await expectAccessible(page, 'the sealer’s report of a good blob')

  await inspectBlob(page, 'aes.key', Buffer.from('0123456789abcdefghijklmnopqrstuv'))
  await expect(report).toContainText('Nothing of what it holds is shown: it could be a key.')
  for (const shown of ['0123456789', '30 31 32', 'MDEyMzQ1']) await expect(report).not.toContainText(shown)

  for (const broken of brokenBlobs({ bytes: blob, kekBits: 3072 })) {
    if (!OFFLINE_CHECKS.includes(broken.expectedRowId)) continue
    await inspectBlob(page, `${broken.id}.byok`, broken.bytes)
    const verdict = broken.expectedVerdict === 'fail' ? /^Failed/ : /^Warning/
    const row = report.getByRole('listitem').filter({ hasText: verdict }).filter({ hasText: broken.sentence })
    await expect(row, broken.id).toBeVisible()
  }
  await expectAccessible(page, 'the sealer’s report of a broken blob')
  await page.close()
})

test('the KEK’s page gives out the file that the build made, with its SHA-256, and never shows it as a page', async ({
  browser,
}) => {
  const page = await openAs(browser, officerWith(['custodian']))
  await makeKek(page)
  const expected = sha256(readFileSync(SEALER_FILE))
  const section = page.getByRole('region', { name: 'Offline sealer' })
  await expect(section.locator('code').first()).toHaveText(groupFingerprint(expected).replaceAll(' ', ''), {
    ignoreCase: true,
  })
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    section.getByRole('link', { name: /^Download the offline sealer/ }).click(),
  ])
  expect(download.suggestedFilename()).toBe('drawbridge-sealer.html')
  expect(sha256(readFileSync(await download.path()))).toBe(expected)
  const { headers, policy } = await headersOf(page)
  expect(headers['content-disposition']).toBe('attachment; filename="drawbridge-sealer.html"')
  // Its script has no nonce: were it shown all the same, it would not run.
  expect(policy).toMatch(/script-src 'nonce-[^']+' 'strict-dynamic';/)
  expect(policy).not.toContain("'sha256-")
  await page.context().close()
})

async function headersOf(page: Page) {
  const answer = await page.context().request.get('/api/sealer')
  const policy = answer.headersArray().filter(({ name }) => name.toLowerCase() === 'content-security-policy')
  return { headers: answer.headers(), policy: policy.map(({ value }) => value).join('; ') }
}
