import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { asPkcs8Der, asSpkiDer, copyBytes, sealTransferBlob } from '@/lib/crypto'
import { brokenBlobs } from '@/lib/testing/broken-blobs'
import { OFFLINE_CHECKS, type OfflineInput, runOfflinePreflight } from './offline'
import { runPreflight } from './run-preflight'
import { readTransferFile } from './transfer-file'

const kid = 'https://contoso.vault.azure.net/keys/kek/0123456789abcdef0123456789abcdef'
const kek = { kid, bits: 3072, spkiSha256: 'ab'.repeat(32) }
const shape = { family: 'EC', sizeOrCurve: 'P-256' } as const

const pair = generateKeyPairSync('rsa', { modulusLength: 3072 })
const key = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey
const good = await sealTransferBlob({
  kekSpki: asSpkiDer(copyBytes(pair.publicKey.export({ type: 'spki', format: 'der' }))),
  kekKid: kid,
  plaintext: asPkcs8Der(copyBytes(key.export({ type: 'pkcs8', format: 'der' }))),
  generator: 'Luna',
})

async function rowsOf(bytes: Uint8Array, more: Partial<OfflineInput> = {}) {
  return runOfflinePreflight({ file: await readTransferFile(bytes), kek, shape, ...more })
}

describe('preflight without a vault', () => {
  it('passes a sound blob whole', async () => {
    expect((await rowsOf(good)).filter(({ verdict }) => verdict !== 'pass')).toEqual([])
  })

  it('says of each broken blob what preflight with a vault says', async () => {
    const told = brokenBlobs({ bytes: good, kekBits: 3072 }).filter(({ expectedRowId }) =>
      OFFLINE_CHECKS.includes(expectedRowId),
    )
    expect(told.length).toBeGreaterThan(40)
    for (const { id, bytes, expectedRowId, expectedVerdict, sentence } of told) {
      const row = (await rowsOf(bytes)).find((each) => each.id === expectedRowId)
      expect([id, row?.verdict, `${row?.fact} ${row?.remedy}`]).toEqual([id, expectedVerdict, sentence])
    }
  })

  it('has a row for every check that decides without vault, caller and wishes, and for no other', async () => {
    const file = await readTransferFile(good)
    const target = { kty: 'EC-HSM', sizeOrCurve: 'P-256' } as const
    const facts = { kty: 'RSA-HSM', keyOps: ['import'], enabled: true, notBefore: null, expiresAt: null }
    const full = runPreflight({
      file,
      kekKid: kid,
      kek: { state: 'read', ...facts, bits: 3072, spkiSha256: kek.spkiSha256 },
      target,
      now: new Date(0),
    })
    const rows = await rowsOf(good)
    for (const row of rows) expect(full.rows.find(({ id }) => id === row.id)).toEqual(row)
    expect(rows.map(({ id }) => id)).not.toContain('kek-enabled')
    expect(rows.map(({ id }) => id)).not.toContain('kek-dates')
  })

  it('waits for the KEK where it was not given, and still names what the file is', async () => {
    const rows = await rowsOf(good, { kek: null, shape: null })
    const waiting = rows.filter(({ verdict }) => verdict === 'pending').map(({ id }) => id)
    expect(waiting).toEqual([
      'arithmetic-block',
      'arithmetic-remainder',
      'arithmetic-type',
      'kek-identifier',
      'kek-modulus',
      'kek-strength',
      'target-luna',
    ])
    expect(rows.some(({ verdict }) => verdict === 'fail')).toBe(false)
  })
})
