import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { sha256Hex } from '@/lib/crypto'
import type { SubmitImportInput } from '@/lib/domain/imports/views'
import { createTestConsole, type TestConsole } from '@/lib/testing/console'
import { type CapturedOutput, captureOutput } from '@/lib/testing/journey/captured-output'
import { approve } from '@/lib/testing/journey/decide'
import { type DatabaseDump, dumpDatabase } from '@/lib/testing/journey/dump-database'
import { ENCODINGS, encodingsIn } from '@/lib/testing/journey/traces'
import { type MadeKey, makeBlob, makeKek, SHAPES, submission, type TestKek } from '@/lib/testing/transfer'
import { readSession } from './auth/read-session'
import type { Context } from './context'
import { performAction } from './doors/perform-action'
import { saveDraft } from './imports/save-draft'
import { submitImport } from './imports/submit-import'
import { reconcileOperation } from './operations/reconcile-operation'

const PUBLIC_URL = 'https://console.example.test'

/** As `app` defines it, file and all: the door keeps the call's digest and its answer. */
const submitAction = {
  name: 'imports.submit',
  permission: 'imports.create',
  input: z.custom<SubmitImportInput>(),
  run: submitImport,
} as const

type Where = 'vault' | 'hsm'
type Shape = (typeof SHAPES)[keyof typeof SHAPES]

let testConsole: TestConsole
let keks: Record<Where, TestKek>
let output: CapturedOutput
let draftId: string
const sent: Record<string, MadeKey> = {}

async function make(name: string, where: Where, shape: Shape): Promise<MadeKey> {
  const made = await makeBlob(keks[where], shape)
  sent[name] = made
  return made
}

function inputOf(name: string, where: Where, shape: Shape, made: MadeKey, more: Partial<SubmitImportInput> = {}) {
  const connection = testConsole.connections[where]
  return submission(testConsole, connection, keks[where], made, { name, shape, ...more })
}

function throughTheDoor(ctx: Context, input: SubmitImportInput, idempotencyKey: string = randomUUID()) {
  const { sessionId } = testConsole.actors.custodian
  const findActor = () => readSession(ctx, sessionId)
  const request = { origin: PUBLIC_URL, secFetchSite: 'same-origin', publicUrl: PUBLIC_URL, findActor }
  return performAction(ctx, submitAction, request, { idempotencyKey, input })
}

/** The same console, with a way to the vault that fails with the blob in its words, as a careless library might. */
function withTalkativeFailure(ctx: Context, blob: Uint8Array): Context {
  const words = Object.values(ENCODINGS).map((encode) => encode(Buffer.from(blob)))
  const importTransferBlob = () =>
    Promise.reject(new Error(words.join(' '), { cause: new TypeError(words.join('\n')) }))
  return {
    ...ctx,
    provider: (connection) =>
      new Proxy(ctx.provider(connection), {
        get: (target, property) => {
          if (property === 'importTransferBlob') return importTransferBlob
          const member: unknown = Reflect.get(target, property, target)
          return typeof member === 'function' ? member.bind(target) : member
        },
      }),
  }
}

/** Each way an import may go, with a blob of its own. */
async function actOut(): Promise<void> {
  const { ctx } = testConsole
  const enabled = await make('enabled', 'vault', SHAPES.rsa2048)
  await submitTwiceAndApprove('enabled', 'vault', SHAPES.rsa2048, enabled)
  const fromDraft = await make('from-draft', 'hsm', SHAPES.p256)
  const saved = await keepDraft('from-draft', keks.hsm, fromDraft)
  await send('from-draft', 'hsm', SHAPES.p256, fromDraft, { draftId: saved })
  await send('symmetric', 'hsm', SHAPES.aes256, await make('symmetric', 'hsm', SHAPES.aes256))
  draftId = await keepDraft('left-as-draft', keks.vault, await make('left-as-draft', 'vault', SHAPES.p256k))
  await send('no-warning-read', 'vault', SHAPES.p256, await make('no-warning-read', 'vault', SHAPES.p256), {
    acknowledgedWarnings: [],
  })
  const cut = await make('cut-short', 'vault', SHAPES.p256)
  await send('cut-short', 'vault', SHAPES.p256, cut, { file: cut.blob.subarray(0, -1) })
  for (const name of ['fail-import-503-x', 'reset-import-after-commit-x', 'substitute-import-x']) {
    await send(name, 'vault', SHAPES.p256, await make(name, 'vault', SHAPES.p256))
  }
  const foreign = { ...keks.vault, spki: keks.hsm.spki }
  sent.unopened = await makeBlob(foreign, SHAPES.p256)
  await send('unopened', 'vault', SHAPES.p256, sent.unopened)
  const thrown = await make('thrown', 'vault', SHAPES.p256)
  const input = await inputOf('thrown', 'vault', SHAPES.p256, thrown)
  await throughTheDoor(withTalkativeFailure(ctx, thrown.blob), input)
  await reconcileAll()
}

async function send(
  name: string,
  where: Where,
  shape: Shape,
  made: MadeKey,
  more: Partial<SubmitImportInput> = {},
): Promise<void> {
  await throughTheDoor(testConsole.ctx, await inputOf(name, where, shape, made, more))
}

async function submitTwiceAndApprove(name: string, where: Where, shape: Shape, made: MadeKey): Promise<void> {
  const { ctx, actors } = testConsole
  const input = await inputOf(name, where, shape, made)
  const key = randomUUID()
  const [first, second] = [await throughTheDoor(ctx, input, key), await throughTheDoor(ctx, input, key)]
  expect(second).toEqual(first)
  if (!first.ok) throw new Error(first.problem.code)
  const approved = await approve(ctx, actors.custodian2, first.value.importId, made.publicKeySha256 ?? '')
  expect(approved).toMatchObject({ ok: true })
}

async function keepDraft(name: string, kek: TestKek, { blob }: MadeKey): Promise<string> {
  const { ctx, actors } = testConsole
  const saved = await saveDraft(ctx, actors.custodian, {
    id: null,
    connectionId: testConsole.connections.vault.id,
    kekKid: kek.kid,
    fileName: `${name}.byok`,
    fileSha256: await sha256Hex(blob),
    fileLength: blob.length,
    answers: { name },
  })
  if (!saved.ok) throw new Error(saved.error.code)
  return saved.value.draftId
}

/** What a crash or a broken connection left open is finished by the reconciler, which has no blob. */
async function reconcileAll(): Promise<void> {
  testConsole.advance(120_000)
  const open = await testConsole.ctx.db.operation.findMany({ where: { status: { in: ['pending', 'indeterminate'] } } })
  for (const { id } of open) await reconcileOperation(testConsole.ctx, id)
  testConsole.advance(-120_000)
}

const statusOf = async (keyName: string) =>
  (await testConsole.ctx.db.import.findFirst({ where: { keyName } }))?.status ?? 'never begun'

/** File and ciphertext of every blob of the story. */
const secrets = () =>
  Object.entries(sent).flatMap(([name, { blob, ciphertext }]) => [
    { what: `${name}: file`, bytes: blob },
    { what: `${name}: ciphertext`, bytes: Buffer.from(ciphertext, 'base64url') },
  ])

function findingsIn(place: string, text: string): string[] {
  return secrets().flatMap(({ what, bytes }) =>
    encodingsIn(text, bytes).map((found) => `${place}: ${what} in ${found}`),
  )
}

const findingsInDump = ({ tables }: DatabaseDump) => [...tables].flatMap(([table, text]) => findingsIn(table, text))

beforeAll(async () => {
  testConsole = await createTestConsole()
  const { connections } = testConsole
  keks = { vault: await makeKek(testConsole, connections.vault), hsm: await makeKek(testConsole, connections.hsm) }
  output = captureOutput()
  try {
    await actOut()
  } finally {
    output.stop()
  }
})
afterAll(() => testConsole.close())

describe('after imports of every family and ending', () => {
  it('the story went the ways it was meant to', async () => {
    const names = Object.keys(sent)
    const ends = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await statusOf(name)])))
    expect(ends).toEqual({
      enabled: 'enabled',
      'from-draft': 'awaiting_review',
      symmetric: 'awaiting_review',
      'left-as-draft': 'never begun',
      'no-warning-read': 'never begun',
      'cut-short': 'never begun',
      'fail-import-503-x': 'failed',
      'reset-import-after-commit-x': 'awaiting_review',
      'substitute-import-x': 'substituted',
      unopened: 'failed',
      thrown: 'failed',
    })
  })

  it('no column of any table holds a blob, in any encoding, whole or in part', async () => {
    const dump = await dumpDatabase(testConsole.database.ownerUrl)
    // The story is in there: a search through empty tables would find nothing either.
    const told = ['import', 'operation', 'audit_event'].map((table) => dump.tables.get(`public.${table}`) ?? '')
    expect(told.map((text) => text.includes('substitute-import-x'))).toEqual([true, true, true])
    expect((dump.tables.get('public.idempotency') ?? '').includes(submitAction.name)).toBe(true)
    expect([...dump.tables].some(([table, text]) => table.startsWith('pgboss.') && text !== '')).toBe(true)
    expect(findingsInDump(dump)).toEqual([])
    expect(dump.binaryColumns, 'of bytes there are public keys of passkeys alone').toEqual([
      'public.passkey.public_key',
    ])
  })

  it('nothing that was written to the log holds one, though failures were logged', () => {
    expect(output.text()).toContain('"where":"imports.submit"')
    expect(findingsIn('log', output.text())).toEqual([])
  })

  it('an import holds of its file the name, the digests and lengths, and which KEK', async () => {
    const row = await testConsole.ctx.db.import.findFirstOrThrow({ where: { keyName: 'enabled' } })
    const { blob = new Uint8Array() } = sent.enabled ?? {}
    const digest = await sha256Hex(blob)
    const { fileName, fileSha256, fileLength, sentSha256, sentLength, kekKid, kekSpkiSha256 } = row
    const ofFile = Object.keys(row).filter((column) => /^(?:file|sent|kek|blob|cipher|wrapped)/.test(column))
    expect(ofFile.sort()).toEqual(
      ['fileLength', 'fileName', 'fileSha256', 'kekId', 'kekKid', 'kekSpkiSha256', 'sentLength', 'sentSha256'].sort(),
    )
    expect({ fileName, fileSha256, fileLength, sentSha256, sentLength, kekKid, kekSpkiSha256 }).toEqual({
      fileName: 'key.byok',
      fileSha256: digest,
      fileLength: blob.length,
      sentSha256: digest,
      sentLength: blob.length,
      kekKid: keks.vault.kid,
      kekSpkiSha256: await sha256Hex(keks.vault.spki),
    })
  })

  it('a draft holds the file’s name, digest and length, the KEK and the form’s answers, and nothing more', async () => {
    const row = await testConsole.ctx.db.importDraft.findUniqueOrThrow({ where: { id: draftId } })
    const { blob = new Uint8Array() } = sent['left-as-draft'] ?? {}
    expect(row).toEqual({
      id: draftId,
      ownerId: testConsole.actors.custodian.personId,
      connectionId: testConsole.connections.vault.id,
      kekKid: keks.vault.kid,
      fileName: 'left-as-draft.byok',
      fileSha256: await sha256Hex(blob),
      fileLength: blob.length,
      answers: { name: 'left-as-draft' },
      createdAt: expect.any(Date),
      updatedAt: expect.any(Date),
    })
  })
})

describe('the search itself', () => {
  it('finds a blob in each encoding, in a row', async () => {
    const { ctx, actors, database } = testConsole
    const bytes = Buffer.from(sent.enabled?.blob ?? [])
    const at = ctx.clock()
    const found: Record<string, boolean> = {}
    const planted = {
      ...Object.fromEntries(Object.entries(ENCODINGS).map(([name, encode]) => [name, encode(bytes)])),
      'a list of numbers, as JSON': [...bytes],
      'a Uint8Array as JSON, as JSON': JSON.parse(JSON.stringify(new Uint8Array(bytes))),
    }
    for (const [name, answers] of Object.entries(planted)) {
      const { id } = await ctx.db.importDraft.create({
        data: { id: randomUUID(), ownerId: actors.custodian.personId, answers, createdAt: at, updatedAt: at },
      })
      const { tables } = await dumpDatabase(database.ownerUrl)
      const encodings = encodingsIn(tables.get('public.import_draft') ?? '', bytes)
      found[name] = encodings.includes(name.replace(/, as JSON$/, ''))
      await ctx.db.importDraft.delete({ where: { id } })
    }
    expect(found).toEqual(Object.fromEntries(Object.keys(planted).map((name) => [name, true])))
  })

  it('finds a blob in what was written to the log', () => {
    const { blob = new Uint8Array() } = sent.enabled ?? {}
    const planted = captureOutput()
    console.error('failed', { file: new Uint8Array(blob) })
    process.stdout.write(Buffer.from(blob).toString('base64'))
    console.warn(Buffer.from(blob))
    planted.stop()
    const expected = ['a list of numbers', 'base64', 'a Buffer as Node prints it']
    expect(findingsIn('log', planted.text())).toEqual(
      expect.arrayContaining(expected.map((encoding) => `log: enabled: file in ${encoding}`)),
    )
  })
})
