import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { asPkcs8Der, asSpkiDer, copyBytes, sealTransferBlob } from '@/lib/crypto'
import { brokenBlobs } from '@/lib/testing/broken-blobs'
import type { PreflightInput } from './input'
import type { PreflightCheckId } from './report'
import { checksOf, runPreflight, warningsOf } from './run-preflight'
import { readTransferFile } from './transfer-file'

const kekBits = 2048
const url = 'https://contoso.vault.azure.net'
const kekKid = `${url}/keys/kek/0123456789abcdef0123456789abcdef`
const spkiSha256 = 'ab'.repeat(32)
const now = new Date('2026-11-22T12:00:00Z')

const readKek: Extract<NonNullable<PreflightInput['kek']>, { state: 'read' }> = {
  state: 'read',
  kty: 'RSA-HSM',
  keyOps: ['import'],
  enabled: true,
  notBefore: null,
  expiresAt: null,
  bits: 3072,
  spkiSha256,
}

const context: Omit<PreflightInput, 'file'> = {
  vault: { url, kind: 'azure_key_vault' },
  kek: readKek,
  kekKid,
  recordedKekSpkiSha256: spkiSha256,
  target: {
    name: 'orders',
    kty: 'EC-HSM',
    sizeOrCurve: 'P-256',
    keyOps: ['sign', 'verify'],
    notBefore: null,
    expiresAt: '2027-11-22T12:00:00Z',
    exportable: false,
    releasePolicy: null,
    tags: { team: 'payments' },
  },
  nameState: { state: 'free' },
  caller: {
    importPermission: 'seen-working',
    otherApprovers: 2,
    approvalsRequired: 1,
    vaultAnswers: true,
    clockSkewMs: 900,
  },
  now,
}

const keks = new Map<number, KeyObject>()

/** RSA keys take long to make: one of each size is enough. */
function kekOf(bits: number): KeyObject {
  const kek = keks.get(bits) ?? generateKeyPairSync('rsa', { modulusLength: bits }).publicKey
  keks.set(bits, kek)
  return kek
}

async function seal(bits: number, namedCurve = 'prime256v1', generator = 'Cosmian_KMS;v5'): Promise<Uint8Array> {
  const kek = kekOf(bits)
  const target = generateKeyPairSync('ec', { namedCurve }).privateKey
  return sealTransferBlob({
    kekSpki: asSpkiDer(copyBytes(kek.export({ type: 'spki', format: 'der' }))),
    kekKid,
    plaintext: asPkcs8Der(copyBytes(target.export({ type: 'pkcs8', format: 'der' }))),
    generator,
  })
}

let good: Uint8Array
beforeAll(async () => {
  good = await seal(3072)
})

async function report(change: Partial<PreflightInput> = {}, bytes: Uint8Array = good) {
  return runPreflight({ ...context, file: await readTransferFile(bytes), ...change })
}

async function finding(id: PreflightCheckId, change: Partial<PreflightInput> = {}, bytes: Uint8Array = good) {
  const row = (await report(change, bytes)).rows.find((candidate) => candidate.id === id)
  return { verdict: row?.verdict, words: row?.remedy ? `${row.fact} ${row.remedy}` : row?.fact }
}

describe('a sound blob with everything known', () => {
  it('passes every check, and is sent as it is', async () => {
    const { rows, verdict, sentSha256, normalised } = await report()
    expect(rows.filter((row) => row.verdict !== 'pass')).toEqual([])
    expect(verdict).toBe('pass')
    expect(rows.map((row) => row.id)).toEqual(checksOf('blob'))
    expect(sentSha256).toMatch(/^[0-9a-f]{64}$/)
    expect(normalised).toBeUndefined()
  })
})

describe('broken blobs', () => {
  it('are at least thirty, each with its own name', () => {
    const blobs = brokenBlobs({ bytes: good, kekBits: 3072 })
    expect(blobs.length).toBeGreaterThanOrEqual(30)
    expect(new Set(blobs.map(({ id }) => id)).size).toBe(blobs.length)
  })

  it.each([2048, 3072, 4096])(
    'each show the officer the exact sentence, under a KEK of %i bits',
    async (bits) => {
      const kek = { ...readKek, bits }
      const sound = await seal(bits)
      const weaker = bits === 2048 ? ['kek-strength'] : []
      expect((await report({ kek }, sound)).rows.filter((row) => row.verdict !== 'pass').map((row) => row.id)).toEqual(
        weaker,
      )
      for (const broken of brokenBlobs({ bytes: sound, kekBits: bits })) {
        const found = await finding(broken.expectedRowId, { kek }, broken.bytes)
        expect({ id: broken.id, ...found }).toEqual({
          id: broken.id,
          verdict: broken.expectedVerdict,
          words: broken.sentence,
        })
        const { verdict, sentSha256 } = await report({ kek }, broken.bytes)
        expect([broken.id, verdict]).toEqual([
          broken.id,
          expect.stringMatching(broken.expectedVerdict === 'fail' ? /^fail$/ : /^(?:warn|fail)$/),
        ])
        if (broken.expectedRowId === 'file-json' && broken.expectedVerdict === 'fail') expect(sentSha256).toBeNull()
      }
    },
    30_000,
  )

  it('that were mended are listed and have a hash of their own', async () => {
    const marked = brokenBlobs({ bytes: good, kekBits }).find(({ id }) => id === 'single-quotes')
    const file = await readTransferFile(marked?.bytes ?? new Uint8Array())
    expect(file.sentSha256).not.toBe(file.sha256)
    const { normalised, sentSha256, rows } = runPreflight({ ...context, file })
    expect(normalised).toEqual(['single-quotes'])
    expect(sentSha256).toBe(file.sentSha256)
    expect(rows.find(({ id }) => id === 'file-sha256')?.fact).toBe(`File: ${file.sha256}. Sent: ${file.sentSha256}.`)
  })
})

type Case = readonly [PreflightCheckId, string, Partial<PreflightInput>, 'pass' | 'warn' | 'fail' | 'pending', RegExp]
const kek = (change: Partial<typeof readKek>): Partial<PreflightInput> => ({ kek: { ...readKek, ...change } })
const target = (change: object): Partial<PreflightInput> => ({ target: { ...context.target, ...change } })
const caller = (change: object): Partial<PreflightInput> => ({
  caller: {
    importPermission: 'seen-working',
    otherApprovers: 2,
    approvalsRequired: 1,
    vaultAnswers: true,
    clockSkewMs: 0,
    ...change,
  },
})
const hsm: Partial<PreflightInput> = { vault: { url: 'https://h.managedhsm.azure.cn', kind: 'azure_managed_hsm' } }
const policy = JSON.stringify({
  version: '1.0.0',
  anyOf: [{ authority: 'https://a.example', allOf: [{ claim: 'x-ms-compliance-status', equals: 'y' }] }],
})
const onThisMachine = {
  exportable: true,
  releasePolicy: { text: policy.replace('https://a.example', 'http://127.0.0.1:20000'), immutable: true },
}

describe('each fact of the vault, the target and the caller', () => {
  it.each<Case>([
    ['kek-exists', 'missing', { kek: { state: 'missing' } }, 'fail', /was deleted, or never was there/],
    ['kek-exists', 'vault silent', { kek: { state: 'not_known', because: 'x' } }, 'pending', /could not be asked/],
    ['kek-type', 'software key', kek({ kty: 'RSA' }), 'fail', /not of type RSA-HSM/],
    ['kek-operations', 'more than import', kek({ keyOps: ['import', 'wrapKey'] }), 'fail', /not exactly import/],
    ['kek-enabled', 'disabled', kek({ enabled: false }), 'fail', /disabled/],
    ['kek-dates', 'expired', kek({ expiresAt: '2026-11-22T11:59:59Z' }), 'fail', /expired at/],
    ['kek-dates', 'inside the margin', kek({ expiresAt: '2026-11-22T12:04:59Z' }), 'fail', /too soon/],
    ['kek-dates', 'within the hour', kek({ expiresAt: '2026-11-22T12:30:00Z' }), 'warn', /within the hour/],
    ['kek-dates', 'later', kek({ expiresAt: '2026-11-24T12:00:00Z' }), 'pass', /valid until/],
    ['kek-dates', 'not yet', kek({ notBefore: '2026-11-22T13:00:00Z' }), 'fail', /not valid before/],
    [
      'kek-modulus',
      'another size',
      kek({ bits: 2048 }),
      'warn',
      /fits a KEK of 3072 bits around P-256 or P-256K; this one has 2048/,
    ],
    ['kek-modulus', 'an odd size', kek({ bits: 1024 }), 'fail', /2048, 3072 or 4096/],
    [
      'kek-fingerprint',
      'exchanged',
      { recordedKekSpkiSha256: `ab${'ab'.repeat(30)}ac` },
      'fail',
      /group 16 is ABAB, recorded was ABAC.*Stop/,
    ],
    ['kek-fingerprint', 'never downloaded', { recordedKekSpkiSha256: null }, 'warn', /nothing to compare/],
    ['kek-strength', 'weaker', target({ sizeOrCurve: 'P-384' }), 'warn', /about 128 bits of security, P-384 about 192/],
    ['target-name', 'underscore', target({ name: 'my_key' }), 'fail', /not valid/],
    ['target-name', 'too long', target({ name: 'a'.repeat(128) }), 'fail', /not valid/],
    [
      'target-name-state',
      'in use',
      { nameState: { state: 'in_use', versions: 2, latestEnabled: true } },
      'fail',
      /2 versions\. The new version is disabled and becomes the latest at once: consumers that name the key without a version stop until it is enabled, and stay stopped after a rejection, because one version can’t be deleted\./,
    ],
    [
      'target-name-state',
      'in use, typed wrongly',
      { nameState: { state: 'in_use', versions: 1, latestEnabled: true }, typedName: 'Orders' },
      'fail',
      /one version/,
    ],
    [
      'target-name-state',
      'in use, typed',
      { nameState: { state: 'in_use', versions: 1, latestEnabled: true }, typedName: 'orders' },
      'warn',
      /every consumer names a version/,
    ],
    [
      'target-name-state',
      'not known',
      { nameState: { state: 'not_known', because: 'x' } },
      'fail',
      /not known whether/,
    ],
    [
      'target-name-state',
      'deleted',
      { nameState: { state: 'soft_deleted', scheduledPurgeAt: '2027-01-01T00:00:00Z', recoveryLevel: 'Recoverable' } },
      'fail',
      /purged at 2027-01-01T00:00:00Z\. Purge protection is on/,
    ],
    [
      'target-name-state',
      'deleted, purgeable',
      { nameState: { state: 'soft_deleted', scheduledPurgeAt: null, recoveryLevel: 'Recoverable+Purgeable' } },
      'fail',
      /Purge protection is off/,
    ],
    ['target-tier', 'standard', { vault: { url, kind: 'azure_key_vault', tier: 'standard' } }, 'fail', /Standard tier/],
    [
      'target-tier',
      'symmetric to a vault',
      target({ kty: 'oct-HSM', sizeOrCurve: '256' }),
      'warn',
      /documented for Managed HSM/,
    ],
    [
      'target-tier',
      'symmetric to an HSM',
      { ...hsm, ...target({ kty: 'oct-HSM', sizeOrCurve: '256' }) },
      'pass',
      /takes this type/,
    ],
    ['target-size', 'no curve', target({ sizeOrCurve: '' }), 'fail', /No curve is chosen/],
    ['target-size', 'a size for EC', target({ sizeOrCurve: '2048' }), 'fail', /does not belong to EC-HSM/],
    ['target-operations', 'none', target({ keyOps: [] }), 'fail', /No operation/],
    [
      'target-operations',
      'encrypt with EC',
      target({ keyOps: ['sign', 'encrypt'] }),
      'fail',
      /EC-HSM takes: sign, verify/,
    ],
    ['target-release-policy', 'exportable alone', target({ exportable: true }), 'fail', /no release policy/],
    [
      'target-release-policy',
      'policy alone',
      target({ releasePolicy: { text: policy, immutable: false } }),
      'fail',
      /not exportable/,
    ],
    [
      'target-release-policy',
      'both',
      target({ exportable: true, releasePolicy: { text: policy, immutable: true } }),
      'pass',
      /can’t be changed/,
    ],
    [
      'target-release-policy',
      'no conditions',
      target({ exportable: true, releasePolicy: { text: policy.replace(/\[\{"claim.*?\}\]/, '[]'), immutable: true } }),
      'fail',
      /list of conditions is empty\. \(anyOf\[0\]\.allOf\)/,
    ],
    [
      'target-release-policy',
      'an authority of plain HTTP',
      target({ exportable: true, releasePolicy: { text: policy.replace('https:', 'http:'), immutable: true } }),
      'fail',
      /not an https address/,
    ],
    [
      'target-release-policy',
      'an authority of this machine, for a vault elsewhere',
      target(onThisMachine),
      'fail',
      /Only a vault on this machine may name one/,
    ],
    [
      'target-release-policy',
      'an authority of this machine, for a vault on it',
      { ...target(onThisMachine), vault: { url: 'http://127.0.0.1:20001', kind: 'azure_key_vault' as const } },
      'pass',
      /can’t be changed later\. Its authority is on this machine/,
    ],
    [
      'target-release-policy',
      'a trap',
      target({ exportable: true, releasePolicy: { text: policy.replace('"y"', 'true'), immutable: false } }),
      'warn',
      /can be changed later\. The claim is of another type/,
    ],
    [
      'target-release-policy',
      'the dialect of tutorials',
      target({ exportable: true, releasePolicy: { text: '{"attestation":{},"rules":[]}', immutable: false } }),
      'fail',
      /no vault reads/,
    ],
    [
      'target-release-policy',
      'a member of the policy stands twice',
      target({
        exportable: true,
        releasePolicy: { text: policy.replace('"equals":', '"equals":"other","equals":'), immutable: false },
      }),
      'fail',
      /stands twice/,
    ],
    [
      'target-release-policy',
      'no JSON',
      target({ exportable: true, releasePolicy: { text: '{', immutable: true } }),
      'fail',
      /not JSON/,
    ],
    [
      'target-tags',
      'twelve',
      target({ tags: Object.fromEntries(Array.from({ length: 12 }, (_, i) => [`t${i}`, 'x'])) }),
      'fail',
      /12 tags/,
    ],
    ['target-tags', 'ours', target({ tags: { drawbridge: 'x' } }), 'fail', /set by Drawbridge/],
    ['target-tags', 'too long', target({ tags: { a: 'x'.repeat(257) } }), 'fail', /256/],
    ['target-tags', 'a person', target({ tags: { owner: 'a@example.org' } }), 'warn', /reads tags/],
    ['target-expiry', 'none', target({ expiresAt: null }), 'warn', /never expire/],
    [
      'target-expiry',
      'none, against the rule',
      { ...target({ expiresAt: null }), maximumValidityDays: 730 },
      'fail',
      /730 days/,
    ],
    ['target-expiry', 'past', target({ expiresAt: '2026-11-22T11:00:00Z' }), 'fail', /past/],
    ['target-expiry', 'before not-before', target({ notBefore: '2028-01-01T00:00:00Z' }), 'fail', /not after/],
    ['target-expiry', 'beyond the rule', { maximumValidityDays: 30 }, 'fail', /more than 30 days/],
    ['target-downstream', 'RSA-4096', target({ kty: 'RSA-HSM', sizeOrCurve: '4096' }), 'warn', /Azure SQL/],
    ['target-cloud', '21Vianet', hsm, 'fail', /21Vianet/],
    [
      'caller-permission',
      'refused',
      caller({ importPermission: 'refused' }),
      'warn',
      /Key Vault Crypto Officer \(not Key Vault Crypto User/,
    ],
    [
      'caller-permission',
      'not known',
      { ...hsm, ...caller({ importPermission: 'not-known' }) },
      'warn',
      /Managed HSM Crypto User \(not/,
    ],
    ['caller-approver', 'alone', caller({ otherApprovers: 0 }), 'fail', /only approver/],
    ['caller-vault-answers', 'silent', caller({ vaultAnswers: false }), 'fail', /does not answer/],
    ['caller-clocks', 'two minutes', caller({ clockSkewMs: -120_000 }), 'warn', /120 s apart/],
    ['caller-clocks', 'six minutes', caller({ clockSkewMs: 360_000 }), 'fail', /360 s apart/],
    ['caller-clocks', 'not told', caller({ clockSkewMs: null }), 'warn', /did not tell/],
  ])('%s: %s', async (id, _case, change, verdict, words) => {
    const found = await finding(id, change)
    expect(found.verdict).toBe(verdict)
    expect(found.words).toMatch(words)
  })

  it('warns of old Luna firmware for RSA-4096 only', async () => {
    const luna = await seal(3072, 'prime256v1', 'Thales Luna 7')
    expect((await finding('target-luna', target({ kty: 'RSA-HSM', sizeOrCurve: '4096' }), luna)).words).toMatch(
      /7\.4\.0/,
    )
    expect((await finding('target-luna', {}, luna)).verdict).toBe('pass')
  })
})

describe('a report while the wizard is on its way', () => {
  it('leaves what is not known pending, and blocks nothing by guesses', () => {
    const { rows, verdict } = runPreflight({ now, kekKid: null })
    expect(verdict).toBe('pending')
    expect(rows.filter((row) => row.verdict === 'fail' || row.verdict === 'warn')).toEqual([])
  })

  it('proposes the type from the length before one is chosen', async () => {
    expect((await finding('arithmetic-type', { target: {} })).words).toBe(
      '152 bytes are left for the key. This is P-256 or P-256K. Waits for the type to be chosen.',
    )
  })

  it('lists the warnings to acknowledge by id', async () => {
    expect(warningsOf(await report({ recordedKekSpkiSha256: null }))).toEqual(['kek-fingerprint'])
  })
})

describe('hostile files', () => {
  const settled = async (bytes: Uint8Array) => {
    const { rows } = await report({}, bytes)
    expect(rows).toHaveLength(checksOf('blob').length)
    for (const row of rows) expect(row.fact).not.toBe('')
  }

  it('never crash preflight', async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), settled), { numRuns: 300 })
    await fc.assert(
      fc.asyncProperty(fc.json(), (text) => settled(new TextEncoder().encode(text))),
      { numRuns: 300 },
    )
  })

  it('made from a sound one by changing bytes never crash preflight', async () => {
    const change = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }))
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), (changes) => {
        const bytes = Uint8Array.from(good)
        for (const [at, value] of changes) bytes[at % bytes.length] = value
        return settled(bytes)
      }),
      { numRuns: 300 },
    )
  })
})
