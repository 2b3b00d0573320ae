import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PREFLIGHT_CHECKS } from '@/lib/domain/preflight/report'
import { readTransferFile } from '@/lib/domain/preflight/transfer-file'
import { type BrokenBlob, brokenBlobs } from '@/lib/testing/broken-blobs'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { type MadeKey, makeBlob, makeKek, SHAPES, submission, type TestKek } from '@/lib/testing/transfer'
import { submitImport } from './imports/submit-import'

const KEK_BITS = 2048
/** Only names the rows while tests are collected; the blobs themselves are made from one of a real KEK. */
const exemplar = {
  schema_version: '1.0.0',
  header: { kid: `https://kv.vault.azure.net/keys/kek/${'0'.repeat(32)}`, alg: 'dir', enc: 'CKM_RSA_AES_KEY_WRAP' },
  ciphertext: Buffer.alloc(KEK_BITS / 8 + 152, 'x').toString('base64url'),
  generator: 'exemplar',
}
const TABLE = brokenBlobs({ bytes: new TextEncoder().encode(JSON.stringify(exemplar)), kekBits: KEK_BITS })
const idsOf = (verdict: BrokenBlob['expectedVerdict']) =>
  TABLE.filter((row) => row.expectedVerdict === verdict).map(({ id, expectedRowId }) => [id, expectedRowId] as const)

let testConsole: TestConsole
let kek: TestKek
let made: MadeKey
let broken: Map<string, BrokenBlob>

beforeAll(async () => {
  testConsole = await createTestConsole()
  kek = await makeKek(testConsole, testConsole.connections.vault, KEK_BITS)
  made = await makeBlob(kek, SHAPES.p256)
  broken = new Map(brokenBlobs({ bytes: made.blob, kekBits: KEK_BITS }).map((blob) => [blob.id, blob]))
})
afterAll(() => testConsole.close())

function brokenBy(id: string): BrokenBlob {
  const blob = broken.get(id)
  if (!blob) throw new Error(`no broken blob ${id}`)
  return blob
}

/** Submitted by an officer who accepts every mending, and acknowledges every warning but the ones left out. */
async function submit(id: string, { bytes, unread = [] }: { bytes: Uint8Array; unread?: readonly string[] }) {
  const { ctx, actors, connections } = testConsole
  const { changes, sentSha256 } = await readTransferFile(bytes)
  const input = await submission(testConsole, connections.vault, kek, made, {
    name: `broken-${id}`,
    shape: SHAPES.p256,
    file: bytes,
    acceptedNormalisedSha256: changes.length > 0 ? sentSha256 : null,
    acknowledgedWarnings: Object.keys(PREFLIGHT_CHECKS).filter((check) => !unread.includes(check)),
  })
  return submitImport(ctx, actors.custodian, input)
}

const importCalls = () => testConsole.acknowledged().filter(({ operation }) => operation === 'import')

async function expectNothingLeft(id: string) {
  const { ctx } = testConsole
  const keyName = `broken-${id}`
  expect(importCalls()).toEqual([])
  expect(await ctx.db.import.count({ where: { keyName } })).toBe(0)
  expect(await ctx.db.operation.count({ where: { keyName } })).toBe(0)
}

describe('a broken blob', () => {
  it('comes in at least thirty kinds', () => {
    expect(TABLE.filter(({ expectedVerdict }) => expectedVerdict === 'fail').length).toBeGreaterThanOrEqual(30)
    expect(new Set(TABLE.map(({ id }) => id)).size).toBe(TABLE.length)
    expect([...broken.keys()]).toEqual(TABLE.map(({ id }) => id))
  })

  it.each(idsOf('fail'))('is stopped though every warning is acknowledged: %s, by %s', async (id, check) => {
    const { bytes, sentence } = brokenBy(id)
    const result = await submit(id, { bytes })
    expect(result).toMatchObject({ ok: false, error: { code: 'preflight-failed', fields: { [check]: sentence } } })
    await expectNothingLeft(id)
  })

  it.each(idsOf('warn'))('is stopped until its warning is acknowledged: %s, by %s', async (id, check) => {
    const { bytes, sentence } = brokenBy(id)
    const result = await submit(id, { bytes, unread: [check] })
    const error = { code: 'warnings-not-acknowledged', fields: { [check]: sentence } }
    expect(result).toMatchObject({ ok: false, error })
    await expectNothingLeft(id)
  })

  // Last: what shows that the tests above would have seen a call.
  it('is the only kind that is stopped: the sound one crosses, by one call', async () => {
    expect(await submit('not-at-all', { bytes: made.blob })).toMatchObject({ ok: true })
    expect(importCalls()).toMatchObject([{ name: 'broken-not-at-all', status: 200 }])
  })
})
