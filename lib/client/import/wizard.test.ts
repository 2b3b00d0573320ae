import { describe, expect, it } from 'vitest'
import type { DraftView, TargetFacts } from '@/lib/domain/imports/views'
import { type FileFacts, factsQuestion, startWizard, type WizardEvent, type WizardState, wizardReducer } from './wizard'
import { draftOf } from './wizard-calls'

const kid = 'https://contoso.vault.azure.net/keys/kek/0123456789abcdef0123456789abcdef'
const file: FileFacts = {
  name: 'payroll.byok',
  length: 900,
  sha256: 'aa'.repeat(32),
  sentSha256: 'aa'.repeat(32),
  changes: [],
  kid,
  generator: 'SoftHSM',
  ciphertextLength: 664,
}
const facts: TargetFacts = { nameState: { state: 'free' }, kek: { state: 'missing' } }

const run = (state: WizardState, ...events: WizardEvent[]) => events.reduce(wizardReducer, state)
const begun = () =>
  run(
    startWizard({ draft: null, connectionId: 'vault-1', kekKid: kid }),
    { type: 'file-read', facts: file, sealed: null },
    { type: 'type-chosen', kty: 'RSA-HSM', sizeOrCurve: '2048' },
    { type: 'purpose-chosen', purpose: 'signing' },
    { type: 'answered', change: { name: 'payroll' } },
  )
const draft: DraftView = {
  id: 'draft-1',
  connectionId: 'vault-1',
  kekKid: kid,
  fileName: file.name,
  fileSha256: file.sha256,
  fileLength: file.length,
  answers: { name: 'payroll', kty: 'EC-HSM', sizeOrCurve: 'P-256', tags: 'not a list' },
  updatedAt: '2026-11-22T10:00:00.000Z',
}

describe('the import wizard', () => {
  it('forgets the KEK when another vault is chosen, and keeps it when the same is', () => {
    expect(run(begun(), { type: 'vault-chosen', connectionId: 'vault-2' }).answers.kekKid).toBeNull()
    expect(run(begun(), { type: 'vault-chosen', connectionId: 'vault-1' }).answers.kekKid).toBe(kid)
  })

  it('drops operations and purpose that another type does not allow', () => {
    const state = run(begun(), { type: 'type-chosen', kty: 'oct-HSM', sizeOrCurve: '256' })
    expect(state.answers).toMatchObject({ kty: 'oct-HSM', sizeOrCurve: '256', purpose: null, keyOps: [] })
  })

  it('takes no acknowledgement of one file’s key for the next one’s', () => {
    const answered: WizardEvent = { type: 'answered', change: { serverSeesKey: true } }
    const state = run(begun(), { type: 'tls-chosen' }, answered)
    expect(state.answers.serverSeesKey).toBe(true)
    const next = run(state, { type: 'key-file', key: { step: 'reading', name: 'other.pem' } })
    expect(next.answers).toMatchObject({ overTls: true, serverSeesKey: false })
  })

  it('never keeps a size of another type', () => {
    expect(run(begun(), { type: 'type-chosen', kty: 'EC-HSM', sizeOrCurve: '2048' }).answers.sizeOrCurve).toBeNull()
  })

  it('lets no answer about one name serve another', () => {
    const about = factsQuestion(begun().answers) ?? ''
    const known = run(
      begun(),
      { type: 'facts-asked', about },
      { type: 'facts-came', about, facts, at: '2026-11-22T10:00:00.000Z' },
    )
    expect(known.facts.state).toBe('known')
    expect(run(known, { type: 'answered', change: { name: 'other' } }).facts.state).toBe('not-asked')
    const late = run(begun(), { type: 'facts-asked', about: 'another question' })
    expect(run(late, { type: 'facts-came', about, facts, at: '' }).facts.state).toBe('asking')
  })

  it('takes back a typed confirmation when the name changes', () => {
    const typed = run(begun(), { type: 'answered', change: { typedName: 'payroll' } })
    expect(run(typed, { type: 'answered', change: { name: 'payroll-2' } }).answers.typedName).toBe('')
  })

  it('changes nothing while a request is on its way, and ignores a second one', () => {
    const sending = run(begun(), { type: 'submit-started' })
    expect(run(sending, { type: 'answered', change: { name: 'changed' } })).toBe(sending)
    expect(run(sending, { type: 'submit-started' })).toBe(sending)
  })

  it('keeps every answer when the session has ended, so that it can be sent again', () => {
    const problem = { code: 'signed-out', message: 'Sign in again.', requestId: 'r' } as const
    const refused = run(begun(), { type: 'submit-started' }, { type: 'submit-refused', problem })
    expect(refused.answers).toEqual(begun().answers)
    expect(refused.file).toEqual(begun().file)
    expect(run(refused, { type: 'submit-started' }).submission.state).toBe('sending')
  })

  it('asks the vault again once the console says that the name was taken meanwhile', () => {
    const about = factsQuestion(begun().answers) ?? ''
    const sending = run(
      begun(),
      { type: 'facts-asked', about },
      { type: 'facts-came', about, facts, at: '2026-11-22T10:00:00.000Z' },
      { type: 'submit-started' },
    )
    const refusedBy = (code: 'name-in-use' | 'key-busy') =>
      run(sending, { type: 'submit-refused', problem: { code, message: 'No.', requestId: 'r' } })
    expect(refusedBy('name-in-use')).toMatchObject({ facts: { state: 'not-asked' }, submission: { state: 'refused' } })
    expect(refusedBy('key-busy').facts.state).toBe('known')
  })

  it('ends with the first accepted request', () => {
    const output = { importId: 'i', reference: 'IMP-1', status: 'awaiting_review' } as const
    const done = run(begun(), { type: 'submit-started' }, { type: 'submit-done', output })
    expect(run(done, { type: 'submit-started' })).toBe(done)
  })

  it('binds an acknowledgement to the fact that was read', () => {
    const event = {
      type: 'warning-acknowledged',
      id: 'file-generator',
      fact: 'no generator',
      acknowledged: true,
    } as const
    const acknowledged = run(begun(), event)
    expect(acknowledged.answers.acknowledged).toEqual({ 'file-generator': 'no generator' })
    expect(run(acknowledged, { ...event, acknowledged: false }).answers.acknowledged).toEqual({})
  })
})

describe('a resumed draft', () => {
  it('asks for the same file and takes no other', () => {
    const resumed = startWizard({ draft })
    expect(resumed.file).toEqual({ state: 'asked-again', name: file.name, sha256: file.sha256 })
    const other = run(resumed, { type: 'file-read', facts: { ...file, sha256: 'bb'.repeat(32) }, sealed: null })
    expect(other.file.state).toBe('not-the-same')
    expect(run(other, { type: 'file-read', facts: file, sealed: null }).file.state).toBe('read')
  })

  it('opens even where an answer of an older version makes no sense', () => {
    expect(startWizard({ draft }).answers).toMatchObject({ name: 'payroll', kty: 'EC-HSM', tags: [] })
  })
})

describe('a key that was sealed here', () => {
  const key = {
    kind: 'EC',
    sizeOrCurve: 'P-384',
    name: null,
    publicJwk: null,
    spkiSha256: 'cd'.repeat(32),
    jwkThumbprint: null,
    kcv: null,
    warnings: [],
  } as const
  const sealed = { keyFile: 'payments.pem', format: 'pkcs8', key } as const

  it('proposes its type and fills in the public key that is expected', () => {
    const state = run(begun(), { type: 'file-read', facts: file, sealed })
    expect(state.answers).toMatchObject({ kty: 'EC-HSM', sizeOrCurve: 'P-384', expectedSha256: key.spkiSha256 })
  })

  it('never replaces the public key that the officer gave', () => {
    const given = 'ef'.repeat(32)
    const answered = run(begun(), { type: 'answered', change: { expectedSha256: given } })
    expect(run(answered, { type: 'file-read', facts: file, sealed }).answers.expectedSha256).toBe(given)
  })

  it('takes its public key with it when another file is chosen', () => {
    const state = run(begun(), { type: 'file-read', facts: file, sealed })
    const next = run(state, { type: 'key-file', key: { step: 'reading', name: 'other.pem' } })
    expect(next.answers.expectedSha256).toBeNull()
  })

  it('leaves no hash in a draft, nor does a file that is no transfer blob', () => {
    const state = run(begun(), { type: 'file-read', facts: file, sealed })
    expect(draftOf(state)).toMatchObject({ fileName: null, fileSha256: null, fileLength: null })
    const noBlob = run(begun(), { type: 'file-read', facts: { ...file, sentSha256: null }, sealed: null })
    expect(draftOf(noBlob)).toMatchObject({ fileName: null, fileSha256: null, fileLength: null })
    expect(draftOf(run(begun(), { type: 'file-read', facts: file, sealed: null })).fileSha256).toBe(file.sha256)
  })

  it('is chosen among those that were found, and no other', () => {
    const found = {
      step: 'found',
      name: 'two.p12',
      format: 'pkcs12',
      keys: [key, key],
      chosen: null,
      leftOut: 0,
    } as const
    const state = run(begun(), { type: 'key-file', key: found })
    expect(run(state, { type: 'key-chosen', key: 1 }).file).toMatchObject({ key: { chosen: 1 } })
    expect(run(state, { type: 'key-chosen', key: 2 })).toEqual(state)
  })
})
