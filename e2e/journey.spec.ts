import { randomBytes } from 'node:crypto'
import type { CryptographyClient } from '@azure/keyvault-keys'
import { type Browser, expect, type Page } from '@playwright/test'
import { encryptInToken } from '@/lib/testing/journey/aes-in-token'
import { toEcdsaSigValue } from '@/lib/testing/journey/ecdsa-signature'
import { opensslVerifies } from '@/lib/testing/journey/openssl-verify'
import { digestFor, HASH_OF, type SignatureAlgorithm } from '@/lib/testing/journey/signature-algorithms'
import type { Token } from '@/lib/testing/softhsm/token'
import { generateKey, type TokenKey } from '@/lib/testing/softhsm/token-key'
import { wrapForAzure } from '@/lib/testing/softhsm/wrap-for-azure'
import { expectAccessible } from './support/axe'
import { installation, type Officer, officerWith } from './support/installation'
import { isEnabledInVault, officialClient } from './support/official-client'
import { acknowledgeDuties } from './support/people'
import { openAs } from './support/sign-in'
import { freshName, type Look, publicKeyPem, spacedSpkiSha256, test } from './support/token-ceremony'
import { importUnderKek } from './support/token-ceremony-import'
import { type CarriedKek, carryKek, createKek } from './support/token-ceremony-kek'
import {
  expectActive,
  expectArrived,
  expectAudited,
  expectOwnReviewClosed,
  expectSheet,
} from './support/token-ceremony-pages'
import { enable, type GivenValue, openReview } from './support/token-ceremony-review'

test.describe.configure({ mode: 'parallel' })

type Pair = Exclude<TokenKey, { family: 'oct' }>
type Secret = Extract<TokenKey, { family: 'oct' }>

interface Journey {
  importer: Officer
  approver: Officer
  vault: 'azure-key-vault' | 'azure-managed-hsm'
  kekBits: 2048 | 3072 | 4096
  /** As the form names them. */
  type: string
  purpose: string
  given: GivenValue
  recognisedAs: string
  look: Look
}

const custodian = (number: number) => officerWith(['custodian', 'approver'], number)

/** Axe on the pages so named: each page of the way is looked at in one of the journeys. */
const axeOn =
  (pages: RegExp): Look =>
  async (page, what) => {
    if (pages.test(what)) await expectAccessible(page, what)
  }

test('an RSA key crosses: the approver drops the public key file, and OpenSSL verifies what the vault signs', async ({
  browser,
  token,
}) => {
  test.setTimeout(300_000)
  const key = generateKey(token, { family: 'RSA', sizeOrCurve: '3072' })
  if (key.family === 'oct') throw new Error('expected a key pair')
  const kid = await cross(browser, token, key, {
    importer: custodian(0),
    approver: custodian(1),
    vault: 'azure-key-vault',
    kekBits: 3072,
    type: 'RSA-3072 (RSA-HSM)',
    purpose: 'Sign',
    given: { file: { name: 'exported.pub.pem', bytes: Buffer.from(publicKeyPem(key)) } },
    recognisedAs: 'a public key',
    look: axeOn(/^(?:start|KEK|transfer sheet|wizard)/),
  })
  await expectSigns(officialClient(kid), key, 'RS256')
})

test('an EC key crosses: the approver types its SHA-256 from paper, and OpenSSL verifies what the vault signs', async ({
  browser,
  token,
}) => {
  test.setTimeout(180_000)
  const key = generateKey(token, { family: 'EC', sizeOrCurve: 'P-256' })
  if (key.family === 'oct') throw new Error('expected a key pair')
  await acknowledgeDuties(custodian(1))
  const kid = await cross(browser, token, key, {
    importer: custodian(1),
    approver: custodian(0),
    vault: 'azure-key-vault',
    kekBits: 2048,
    type: 'P-256 (EC-HSM)',
    purpose: 'Sign',
    given: { text: spacedSpkiSha256(key) },
    recognisedAs: 'a SHA-256 of the public key (SPKI)',
    look: axeOn(/^(?:done|ceremony record|own review|inventory|key|audit)/),
  })
  await expectSigns(officialClient(kid), key, 'ES256')
})

test('an AES key crosses: the approver types its check value, and the vault encrypts as the token does', async ({
  browser,
  token,
}) => {
  test.setTimeout(180_000)
  const key = generateKey(token, { family: 'oct', sizeOrCurve: '256' })
  if (key.family !== 'oct') throw new Error('expected a secret key')
  const kid = await cross(browser, token, key, {
    importer: custodian(0),
    approver: custodian(1),
    vault: 'azure-managed-hsm',
    kekBits: 3072,
    type: 'AES-256 (oct-HSM)',
    purpose: 'Encrypt data',
    given: { text: key.keyCheckValue },
    recognisedAs: 'a key check value',
    look: axeOn(/^(?:inbox|review)/),
  })
  await expectEncrypts(officialClient(kid), token, key)
})

/** The whole way of one key through the console, every officer in a browser of their own. Answers the enabled version. */
async function cross(browser: Browser, token: Token, key: TokenKey, journey: Journey): Promise<string> {
  const { importer, approver, look } = journey
  const name = freshName(key.family.toLowerCase())
  const vaultName = installation().vaults.find(({ kind }) => kind === journey.vault)?.name ?? ''

  const custodianPage = await openAs(browser, importer)
  await look(custodianPage, 'start')
  const kek = await makeKek(custodianPage, { vaultName, name: `${name}-kek`, bits: journey.kekBits }, look)

  const file = wrapForAzure(token, { kekSpki: kek.spki, kekKid: kek.kid, key })
  const wish = { name, type: journey.type, purpose: journey.purpose }
  const reference = await importUnderKek(custodianPage, { ...wish, file: { name: `${name}.byok`, bytes: file } }, look)
  const kid = await expectArrived(custodianPage, { name, reference, file, kek, approver }, look)
  await expectOwnReviewClosed(custodianPage, look)
  expect(await isEnabledInVault(kid)).toBe(false)

  const approverPage = await openAs(browser, approver)
  await openReview(approverPage, name, look)
  await look(approverPage, 'review')
  await enable(approverPage, journey.given, journey.recognisedAs)
  await expect(approverPage.getByText('The key is enabled.')).toBeVisible({ timeout: 20_000 })
  await look(approverPage, 'review, enabled')
  expect(await isEnabledInVault(kid)).toBe(true)

  await expectActive(custodianPage, { name, vaultName }, look)
  await expectAudited(browser, { name, importer, approver }, look)
  return kid
}

async function makeKek(page: Page, wish: Parameters<typeof createKek>[1], look: Look): Promise<CarriedKek> {
  await createKek(page, wish, look)
  await look(page, 'KEK')
  const kek = await carryKek(page, wish.name)
  await page.getByRole('link', { name: 'Transfer sheet' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`Transfer sheet: ${wish.name}`)
  await expectSheet(page, kek)
  await look(page, 'transfer sheet')
  await page.getByRole('navigation', { name: 'Breadcrumbs' }).getByRole('link', { name: wish.name }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(wish.name)
  return kek
}

/** Signed by the vault, verified by OpenSSL with the public key that the token shows; another message is not. */
async function expectSigns(client: CryptographyClient, { family, spki }: Pair, algorithm: SignatureAlgorithm) {
  const message = randomBytes(200)
  const { result } = await client.sign(algorithm, digestFor(algorithm, message))
  const signed = { spki, signature: family === 'EC' ? toEcdsaSigValue(result) : result, hash: HASH_OF[algorithm] }
  expect(opensslVerifies({ ...signed, message })).toBe(true)
  expect(opensslVerifies({ ...signed, message: randomBytes(200) })).toBe(false)
}

async function expectEncrypts(client: CryptographyClient, token: Token, { secretKey }: Secret): Promise<void> {
  const [iv, value] = [randomBytes(16), randomBytes(64)]
  const { result } = await client.encrypt({ algorithm: 'A256CBC', plaintext: value, iv })
  expect(Buffer.from(result)).toEqual(encryptInToken(token, secretKey, { iv, value }))
}
