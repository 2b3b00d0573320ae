import { describe, expect, it } from 'vitest'
import type { PreflightReport } from '@/lib/domain/preflight/report'
import type { FileFacts, WizardEvent } from '../import/wizard'
import { nameFromFile, type QueueEvent, queueReducer, startQueue } from './queue'
import { hasTwin, progressWords, queueRow } from './queue-state'

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
const added = (id: string): QueueEvent => ({ type: 'added', id, facts: facts(`${id}.byok`), proposal: null })
const shared = (event: Extract<QueueEvent, { type: 'shared' }>['event']): QueueEvent => ({ type: 'shared', event })
const reached = (...events: QueueEvent[]) => events.reduce(queueReducer, startQueue({}))
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
  return queueRow(file, { state: file.wizard, choices, report, now: new Date(), shared: queue.shared, twins: false })
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
    expect(queue.files.map((each) => hasTwin(each, queue.files))).toEqual([true, true])
  })
})

it.each([
  ['payments signing.byok', 'payments-signing'],
  ['été 2026.v2.byok', 't-2026-v2'],
  ['__.byok', ''],
  [`${'a'.repeat(200)}.byok`, 'a'.repeat(127)],
])('a file called %s proposes the name %s', (fileName, name) => {
  expect(nameFromFile(fileName)).toBe(name)
})

it('says how far it is', () => {
  expect(progressWords(['done', 'sending', 'refused', 'broken', 'ready'])).toBe(
    '1 of 5 in review, 1 is being sent, 1 failed, 1 can’t be imported',
  )
})
