import { describe, expect, it } from 'vitest'
import type { PreflightReport } from '@/lib/domain/preflight/report'
import type { FileFacts, WizardEvent } from '../import/wizard'
import { type QueueEvent, queueReducer, startQueue } from './queue'
import { nameFromFile } from './queue-answers'
import { progressWords, queueRow, readingProgress, twinNames } from './queue-state'

const facts = (name: string): FileFacts => ({
  name,
  length: 1,
  sha256: 'a'.repeat(64),
  sentSha256: 'a'.repeat(64),
  changes: [],
  kid: 'kid',
  generator: null,
  ciphertextLength: 1,
})
const chosen = (...ids: string[]): QueueEvent => ({
  type: 'added',
  files: ids.map((id) => ({ id, name: `${id}.byok` })),
})
const blobRead = (id: string): QueueEvent => ({
  type: 'file-read',
  id,
  facts: facts(`${id}.byok`),
  sealed: null,
  proposal: null,
})
const added = (id: string): QueueEvent[] => [chosen(id), blobRead(id)]
const shared = (event: Extract<QueueEvent, { type: 'shared' }>['event']): QueueEvent => ({ type: 'shared', event })
const reached = (...events: (QueueEvent | QueueEvent[])[]) => events.flat().reduce(queueReducer, startQueue({}))
const file = (queue: ReturnType<typeof reached>, id: string) => queue.files.find((each) => each.id === id)?.wizard
const output = { importId: 'i', reference: 'IMP-1', status: 'awaiting_review' } as const
const done: QueueEvent[] = [
  { type: 'file', id: 'a', event: { type: 'submit-started' } },
  { type: 'file', id: 'a', event: { type: 'submit-done', output } },
]

function rowOf(queue: ReturnType<typeof reached>) {
  const [file] = queue.files
  if (!file) throw new Error('no file')
  const report: PreflightReport = { rows: [], verdict: 'pass', sentSha256: null }
  const choices = { vaults: [], draft: null }
  const beside = { sharedPurpose: queue.shared.answers.purpose, twin: false }
  return queueRow(file, { state: file.wizard, choices, report, now: new Date(), ...beside })
}

describe('a file that the console refused', () => {
  const asked = JSON.stringify(['v', 'kid', 'a'])
  const free = { nameState: { state: 'free' }, kek: { state: 'missing' } } as const
  const tell = (event: WizardEvent): QueueEvent => ({ type: 'file', id: 'a', event })
  const refusedBy = (code: 'name-in-use' | 'key-busy') =>
    reached(
      shared({ type: 'vault-chosen', connectionId: 'v' }),
      shared({ type: 'kek-chosen', kekKid: 'kid' }),
      added('a'),
      tell({ type: 'type-chosen', kty: 'RSA-HSM', sizeOrCurve: '2048' }),
      tell({ type: 'purpose-chosen', purpose: 'signing' }),
      tell({ type: 'facts-asked', about: asked }),
      tell({ type: 'facts-came', about: asked, facts: free, at: '' }),
      tell({ type: 'submit-started' }),
      tell({ type: 'submit-refused', problem: { code, message: 'No.', requestId: 'r' } }),
    )
  const stateOf = (queue: ReturnType<typeof reached>) => rowOf(queue).state

  it('because its name was taken meanwhile is asked about again, and then needs its officer', () => {
    const again = refusedBy('name-in-use')
    expect(stateOf(again)).toBe('asking')
    const used = { ...free, nameState: { state: 'in_use', versions: 1, latestEnabled: false } } as const
    const told = [
      { type: 'facts-asked', about: asked },
      { type: 'facts-came', about: asked, facts: used, at: '' },
    ] as const
    expect(stateOf(told.map(tell).reduce(queueReducer, again))).toBe('refused')
  })

  it('for another reason stands as it is', () => {
    expect(stateOf(refusedBy('key-busy'))).toBe('refused')
  })
})

describe('a queue of files', () => {
  it('gives what is shared to those that are there and to those that come', () => {
    const queue = reached(added('a'), shared({ type: 'vault-chosen', connectionId: 'v' }), added('b'))
    expect(file(queue, 'a')?.answers.connectionId).toBe('v')
    expect(file(queue, 'b')?.answers).toMatchObject({ connectionId: 'v', name: 'b' })
  })

  it('takes the shared purpose from a file whose type it does not fit, and gives it back to one that it does', () => {
    const signing = reached(shared({ type: 'purpose-chosen', purpose: 'signing' }), added('a'))
    expect(file(signing, 'a')?.answers.purpose).toBe('signing')
    const aes = { type: 'file', id: 'a', event: { type: 'type-chosen', kty: 'oct-HSM', sizeOrCurve: '256' } } as const
    const without = queueReducer(signing, aes)
    expect(file(without, 'a')?.answers).toMatchObject({ purpose: null, keyOps: [] })
    const unfit = {
      fieldId: 'import-purpose',
      message: expect.stringMatching(/^“Sign” is nothing .* type oct-HSM does/),
    }
    expect(rowOf(without).errors).toContainEqual(unfit)
    const ec = { type: 'file', id: 'a', event: { type: 'type-chosen', kty: 'EC-HSM', sizeOrCurve: 'P-256' } } as const
    expect(file(queueReducer(without, ec), 'a')?.answers).toMatchObject({
      purpose: 'signing',
      keyOps: ['sign', 'verify'],
    })
  })

  it('changes nothing any more of what was sent, and keeps it on the list', () => {
    const sent = reached(added('a'), added('b'), ...done)
    const later = [
      shared({ type: 'vault-chosen', connectionId: 'elsewhere' }),
      { type: 'file', id: 'a', event: { type: 'answered', change: { name: 'other' } } },
      { type: 'removed', id: 'a' },
    ] as const
    const queue = later.reduce(queueReducer, sent)
    expect(file(queue, 'a')).toEqual(file(sent, 'a'))
    expect(file(queue, 'b')?.answers.connectionId).toBe('elsewhere')
    expect(file(queueReducer(queue, { type: 'removed', id: 'b' }), 'b')).toBeUndefined()
  })

  it('tells two files of one name', () => {
    const queue = reached(added('a'), added('b'), {
      type: 'file',
      id: 'b',
      event: { type: 'answered', change: { name: 'A' } },
    })
    expect([...twinNames(queue.files)]).toEqual(['a'])
  })
})

describe('a file of a queue', () => {
  const name = (...events: QueueEvent[]) => rowOf(reached(chosen('a'), ...events)).state
  const lock = { cipher: 'AES-256-CBC', kdf: 'PBKDF2' }
  const reading = (read: Extract<QueueEvent, { type: 'reading' }>['read']): QueueEvent => ({
    type: 'reading',
    id: 'a',
    read,
  })

  it('waits, is read, and says that it is encrypted or can’t be imported', () => {
    expect(name()).toBe('waiting')
    expect(name(reading({ state: 'reading', lock: null }))).toBe('reading')
    expect(name(reading({ state: 'locked', lock, wrong: null }))).toBe('locked')
    expect(name(reading({ state: 'refused', remedy: 'No.', command: null }))).toBe('broken')
    expect(name(reading({ state: 'broke', words: 'Again.' }))).toBe('waiting')
    expect(name(blobRead('a'))).toBe('open')
  })

  it('whose reading is cancelled is as it was before', () => {
    const stopped: QueueEvent = { type: 'reading-stopped' }
    expect(name(reading({ state: 'reading', lock: null }), stopped)).toBe('waiting')
    expect(name(reading({ state: 'reading', lock }), stopped)).toBe('locked')
    expect(name(blobRead('a'), stopped)).toBe('open')
  })

  it('that was sealed under another KEK than the one chosen now is read again', () => {
    const key = { kind: 'EC', sizeOrCurve: 'P-256', name: null, publicJwk: null, spkiSha256: 'b'.repeat(64) } as const
    const sealed: QueueEvent = {
      type: 'file-read',
      id: 'a',
      facts: facts('a.byok'),
      sealed: {
        keyFile: 'a.pem',
        format: 'pkcs8',
        key: { ...key, jwkThumbprint: null, kcv: null, warnings: [] },
      },
      proposal: null,
    }
    const under = (kekKid: string) => shared({ type: 'kek-chosen', kekKid })
    const queue = reached(under('kid'), chosen('a'), sealed)
    expect(file(queue, 'a')?.answers).toMatchObject({ kty: 'EC-HSM', expectedSha256: key.spkiSha256 })
    expect(rowOf(queueReducer(queue, under('kid'))).state).not.toBe('waiting')
    expect(rowOf(queueReducer(queue, under('other'))).state).toBe('waiting')
  })
})

describe('a queue with a manifest', () => {
  const head = ['file', 'name', 'operations', 'expiry', 'tags', 'expected']
  const now = new Date('2026-11-22T12:00:00Z')
  const given = (...lines: string[][]): QueueEvent => ({
    type: 'manifest-given',
    manifest: { name: 'm.csv', cells: [head, ...lines], now },
  })
  const line = ['a.byok', 'pay', 'wrapping', '2027-01-31', 'owner=treasury', 'c'.repeat(64)]
  const followed = {
    name: 'pay',
    keyOps: ['wrapKey', 'unwrapKey'],
    expiresAt: '2027-01-31T23:59:59.000Z',
    tags: [{ name: 'owner', value: 'treasury' }],
    expectedSha256: 'c'.repeat(64),
  }

  it('takes each file’s answers from its line, whichever came first, and gives way to no shared answer', () => {
    const later = [
      shared({ type: 'purpose-chosen', purpose: 'signing' }),
      shared({ type: 'answered', change: { expiresAt: '2030-01-01T00:00:00.000Z' } }),
    ]
    for (const events of [
      [chosen('a'), given(line), blobRead('a'), ...later],
      [...later, given(line), chosen('a'), blobRead('a')],
    ]) {
      expect(file(reached(...events), 'a')?.answers).toMatchObject(followed)
    }
    const without = [...line.slice(0, 3), '', '', '']
    expect(file(reached(...later, given(without), chosen('a')), 'a')?.answers.expiresAt).toBe(
      '2030-01-01T00:00:00.000Z',
    )
  })

  it('drops no operation that does not fit the key, and says so at its line', () => {
    const queue = reached(chosen('a'), given(line), blobRead('a'), {
      type: 'file',
      id: 'a',
      event: { type: 'type-chosen', kty: 'EC-HSM', sizeOrCurve: 'P-256' },
    })
    expect(file(queue, 'a')?.answers.keyOps).toEqual(followed.keyOps)
    expect(rowOf(queue).errors.map(({ message }) => message)).toContainEqual(
      expect.stringMatching(/^Line 2 of the manifest asks for “wrapKey unwrapKey”.* type EC-HSM/),
    )
  })

  it('keeps out what a wrong line, or none, names, and nothing else', () => {
    const queue = reached(chosen('a', 'b', 'c'), given(line, ['b.byok', '!', 'sign']))
    expect(queue.files.map(({ line: { state } }) => state)).toEqual(['followed', 'wrong', 'not-named'])
    expect(rowOf({ ...queue, files: queue.files.slice(1) })).toMatchObject({
      state: 'out',
      errors: [{ message: expect.stringMatching(/^Line 3 of the manifest: The name must/) }],
    })
  })

  it('goes back to what is shared when the manifest is taken away', () => {
    const queue = reached(shared({ type: 'purpose-chosen', purpose: 'signing' }), chosen('a'), given(line), {
      type: 'manifest-given',
      manifest: null,
    })
    expect(file(queue, 'a')?.answers).toMatchObject({ name: 'a', purpose: 'signing', tags: [], expectedSha256: null })
  })

  it('leaves alone what the officer changed in a file whose line stays the same', () => {
    const renamed: QueueEvent = { type: 'file', id: 'a', event: { type: 'answered', change: { name: 'other' } } }
    expect(file(reached(chosen('a'), given(line), renamed, chosen('b')), 'a')?.answers.name).toBe('other')
  })
})

it('a manifest that can’t be read at all lets no file through', () => {
  const manifest = { name: 'm.csv', cells: [['colour'], ['red']], now: new Date() }
  const queue = reached(chosen('a'), { type: 'manifest-given', manifest })
  expect(rowOf(queue).state).toBe('out')
})

it.each([
  ['payments signing.byok', 'payments-signing'],
  ['été 2026.v2.byok', 't-2026-v2'],
  ['__.byok', ''],
  ['sub/folder/a b.pem', 'a-b'],
  [`${'a'.repeat(200)}.byok`, 'a'.repeat(127)],
])('a file called %s proposes the name %s', (fileName, name) => {
  expect(nameFromFile(fileName)).toBe(name)
})

it('says how far it is', () => {
  expect(readingProgress(['waiting', 'locked', 'ready', 'broken', 'out'])).toEqual({
    read: 2,
    of: 4,
    words: '2 of 4 read, 1 encrypted',
  })
  expect(progressWords(['done', 'sending', 'refused', 'broken', 'ready', 'out'])).toBe(
    '1 of 5 in review, 1 is being sent, 1 failed, 1 can’t be imported',
  )
})
