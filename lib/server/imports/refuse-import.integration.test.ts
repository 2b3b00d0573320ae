import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { PREFLIGHT_CHECKS } from '@/lib/domain/preflight/report'
import { brokenBlobs } from '@/lib/testing/broken-blobs'
import { createTestConsole, type TestConsole, type TestPerson } from '@/lib/testing/console'
import { tablesHolding } from '@/lib/testing/search-database'
import { type MadeKey, makeBlob, makeKek, SHAPES, submission, type TestKek } from '@/lib/testing/transfer'
import { getCeremonyRecord } from './get-ceremony-record'
import { saveDraft } from './save-draft'
import { submitImport } from './submit-import'

const shape = SHAPES.p256

let testConsole: TestConsole
let kek: TestKek
let made: MadeKey

beforeAll(async () => {
  testConsole = await createTestConsole()
  kek = await makeKek(testConsole, testConsole.connections.vault)
  made = await makeBlob(kek, shape)
})
afterAll(() => testConsole.close())

const importsReached = (name: string) =>
  testConsole.acknowledged().filter((call) => call.operation === 'import' && call.name === name).length

async function submit(
  name: string,
  changes: Parameters<typeof submission>[4] extends infer Wanted ? Partial<Wanted> : never = {},
  person: TestPerson = 'custodian',
) {
  const { ctx, actors, connections } = testConsole
  const input = await submission(testConsole, connections.vault, kek, made, { name, shape, ...changes })
  return submitImport(ctx, actors[person], input)
}

describe('a broken blob', () => {
  it('never reaches the vault, and the officer reads which check stopped it', async () => {
    const { ctx, actors, connections } = testConsole
    const broken = brokenBlobs({ bytes: made.blob, kekBits: 2048 })
    expect(broken.length).toBeGreaterThanOrEqual(30)
    const everyWarning = Object.keys(PREFLIGHT_CHECKS)
    const misjudged: string[] = []
    for (const { id, bytes, expectedRowId, expectedVerdict, sentence } of broken) {
      // Even somebody who acknowledges everything gets no failed row past; a warning stops who has not read it.
      const acknowledgedWarnings = expectedVerdict === 'fail' ? everyWarning : []
      const wanted = { name: `broken-${id}`, shape, file: bytes, acknowledgedWarnings }
      const input = await submission(testConsole, connections.vault, kek, made, wanted)
      const result = await submitImport(ctx, actors.custodian, input)
      const stoppedByRow = !result.ok && result.error.fields?.[expectedRowId] === sentence
      const stoppedAsChanged = !result.ok && result.error.code === 'file-mismatch' && expectedVerdict === 'warn'
      if (!stoppedByRow && !stoppedAsChanged)
        misjudged.push(`${id}: ${result.ok ? 'ok' : JSON.stringify(result.error)}`)
    }
    expect(misjudged).toEqual([])
    expect(testConsole.acknowledged().filter(({ name }) => name.startsWith('broken-'))).toEqual([])
    expect(await ctx.db.import.count({ where: { keyName: { startsWith: 'broken-' } } })).toBe(0)
  })
})

describe('a submission', () => {
  it.each(['administrator', 'auditor', 'viewer'] as const)('of an %s goes nowhere', async (person) => {
    expect(await submit(`by-${person}`, {}, person)).toMatchObject({ ok: false, error: { code: 'not-permitted' } })
    expect(importsReached(`by-${person}`)).toBe(0)
  })

  it('with an unread warning goes nowhere, and the warning is named', async () => {
    const result = await submit('unread', { acknowledgedWarnings: [] })
    expect(result).toMatchObject({ ok: false, error: { code: 'warnings-not-acknowledged' } })
    expect(!result.ok && Object.keys(result.error.fields ?? {})).toContain('target-expiry')
    expect(importsReached('unread')).toBe(0)
  })

  it('to a name in use needs the name typed, and then becomes a version of it', async () => {
    expect(await submit('in-use')).toMatchObject({ ok: true })
    const again = await submit('in-use')
    expect(again).toMatchObject({ ok: false, error: { fields: { 'target-name-state': expect.any(String) } } })
    expect(await submit('in-use', { typedName: 'in-use' })).toMatchObject({ ok: true })
    const rows = await testConsole.ctx.db.import.findMany({
      where: { keyName: 'in-use' },
      orderBy: { submittedAt: 'asc' },
    })
    expect(rows.map(({ createdName }) => createdName)).toEqual([true, false])
  })

  it('to a soft-deleted name goes nowhere', async () => {
    const { ctx, connections } = testConsole
    expect(await submit('soft-deleted')).toMatchObject({ ok: true })
    await ctx.provider(connections.vault).deleteKey('soft-deleted')
    const result = await submit('soft-deleted', { typedName: 'soft-deleted' })
    expect(result).toMatchObject({ ok: false, error: { code: 'preflight-failed' } })
    expect(importsReached('soft-deleted')).toBe(1)
  })

  it('under another KEK than its file names goes nowhere', async () => {
    const other = await makeKek(testConsole, testConsole.connections.vault)
    expect(await submit('other-kek', { kekKid: other.kid })).toMatchObject({ ok: false })
    expect(importsReached('other-kek')).toBe(0)
  })

  it('of a blob whose key does not belong to the KEK fails with what may be the cause, and makes nothing', async () => {
    const impostor = { ...kek, spki: (await makeKek(testConsole, testConsole.connections.vault)).spki }
    const { blob } = await makeBlob(impostor, shape)
    const result = await submit('wrong-private-key', { file: blob })
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'vault-refused', message: expect.stringContaining('SHA-1') },
    })
    const row = await testConsole.ctx.db.import.findFirstOrThrow({ where: { keyName: 'wrong-private-key' } })
    expect(row).toMatchObject({ status: 'failed', failureCode: 'vault-refused', keyVersion: null })
  })
})

describe('a file that was mended', () => {
  const mended = () => {
    const text = new TextDecoder().decode(made.blob).replace(/"ciphertext":"([^"]+)"/, (_all, base64url: string) => {
      const padded = base64url.replaceAll('-', '+').replaceAll('_', '/')
      return `"ciphertext":"${padded}${'='.repeat((4 - (padded.length % 4)) % 4)}"`
    })
    return new TextEncoder().encode(text)
  }

  it('is sent only as it was accepted, and both digests are recorded', async () => {
    const { readTransferFile } = await import('@/lib/domain/preflight/transfer-file')
    const { sentSha256 } = await readTransferFile(mended())
    expect(await submit('mended', { file: mended() })).toMatchObject({ ok: false, error: { code: 'file-mismatch' } })
    const wrong = 'ab'.repeat(32)
    expect(await submit('mended', { file: mended(), acceptedNormalisedSha256: wrong })).toMatchObject({ ok: false })
    expect(importsReached('mended')).toBe(0)
    const result = await submit('mended', { file: mended(), acceptedNormalisedSha256: sentSha256 })
    expect(result).toMatchObject({ ok: true, value: { status: 'awaiting_review' } })
    const row = await testConsole.ctx.db.import.findFirstOrThrow({ where: { keyName: 'mended' } })
    expect(row.sentSha256).toBe(sentSha256)
    expect(row.fileSha256).not.toBe(sentSha256)
    const record = await getCeremonyRecord(testConsole.ctx, testConsole.actors.custodian, row.id)
    expect(record?.deviations).toContain('The file was normalised before it was sent; both digests are recorded.')
  })
})

describe('a key that is not the officer’s', () => {
  it('ends as substituted with an alarm, disabled, and can not be reviewed', async () => {
    const { ctx, connections } = testConsole
    const result = await submit('substitute-import-a')
    expect(result).toMatchObject({ ok: true, value: { status: 'substituted' } })
    const row = await ctx.db.import.findFirstOrThrow({ where: { keyName: 'substitute-import-a' } })
    expect(row).toMatchObject({ failureCode: 'substituted', decidedAt: expect.any(Date) })
    expect(await ctx.db.alarm.findMany({ where: { importId: row.id } })).toMatchObject([{ kind: 'key-substituted' }])
    const { value: key } = await ctx.provider(connections.vault).getKey('substitute-import-a')
    expect(key.attributes.enabled).toBe(false)
  })

  it('is “not compared”, never a pass, when the officer gave nothing', async () => {
    await submit('not-compared', { expectedPublicKeySha256: null })
    const row = await testConsole.ctx.db.import.findFirstOrThrow({ where: { keyName: 'not-compared' } })
    const record = await getCeremonyRecord(testConsole.ctx, testConsole.actors.auditor, row.id)
    expect(row.status).toBe('awaiting_review')
    expect(record?.comparison.outcome).toBe('not compared')
    expect(record?.deviations.join(' ')).toContain('Not compared')
  })
})

describe('the blob', () => {
  it('is in no table afterwards, whatever became of the import', async () => {
    const { database } = testConsole
    for (const name of ['kept-nowhere', 'fail-import-503-nowhere', 'substitute-import-nowhere']) await submit(name)
    for (const part of [made.ciphertext.slice(0, 40), made.ciphertext.slice(-40)]) {
      expect(await tablesHolding(database.ownerUrl, part)).toEqual([])
    }
    // The search itself finds what is there.
    expect(await tablesHolding(database.ownerUrl, 'fail-import-503-nowhere')).toContain('public.import')
  })

  it('of a draft is asked for again, and must be the same', async () => {
    const { ctx, actors } = testConsole
    const { sha256Hex } = await import('@/lib/crypto')
    const saved = await saveDraft(ctx, actors.custodian, {
      id: null,
      connectionId: null,
      kekKid: kek.kid,
      fileName: 'key.byok',
      fileSha256: await sha256Hex(made.blob),
      fileLength: made.blob.length,
      answers: { name: 'from-draft' },
    })
    if (!saved.ok) throw new Error('no draft')
    const { draftId } = saved.value
    const { blob: otherBlob } = await makeBlob(kek, shape)
    const other = await submit('from-draft', { draftId, file: otherBlob })
    expect(other).toMatchObject({ ok: false, error: { code: 'file-mismatch' } })
    const stranger = await submit('from-draft', { draftId }, 'custodian2')
    expect(stranger).toMatchObject({ ok: false, error: { code: 'not-found' } })
    expect(await submit('from-draft', { draftId })).toMatchObject({ ok: true })
    expect(await ctx.db.importDraft.count({ where: { id: draftId } })).toBe(0)
  })
})
