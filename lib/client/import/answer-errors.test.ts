import { describe, expect, it } from 'vitest'
import type { PreflightReport } from '@/lib/domain/preflight/report'
import { expectedErrors, fileErrors, keyErrors, preflightErrors } from './answer-errors'
import { FIELD_IDS } from './field-ids'
import { startWizard, type WizardState, wizardReducer } from './wizard'

const now = new Date('2026-11-22T10:00:00Z')
const report: PreflightReport = { rows: [], verdict: 'pass', sentSha256: null }
const start = startWizard({ draft: null })
const withAnswers = (change: Partial<WizardState['answers']>): WizardState => ({
  ...start,
  answers: {
    ...start.answers,
    name: 'payroll',
    kty: 'RSA-HSM',
    sizeOrCurve: '2048',
    keyOps: ['sign', 'verify'],
    ...change,
  },
})
const asked = (state: WizardState): WizardState => ({
  ...state,
  facts: { state: 'known', about: '', at: '', facts: { nameState: { state: 'free' }, kek: { state: 'missing' } } },
})
const fields = (state: WizardState) => keyErrors(state, now).map(({ fieldId }) => fieldId)

describe('what stands in the way of a step', () => {
  it('lets a whole description of the key pass', () => {
    expect(fields(withAnswers({}))).toEqual([])
  })

  it.each([
    ['no name', { name: '' }, FIELD_IDS.name],
    ['a name with a space', { name: 'pay roll' }, FIELD_IDS.name],
    ['no type', { kty: null }, FIELD_IDS.type],
    ['no operation', { keyOps: [] }, FIELD_IDS.purpose],
    [
      'an operation of another type',
      { kty: 'EC-HSM' as const, sizeOrCurve: 'P-256', keyOps: ['encrypt' as const] },
      FIELD_IDS.purpose,
    ],
    ['an expiry that has passed', { expiresAt: '2026-11-22T09:00:00.000Z' }, FIELD_IDS.expiresAt],
    [
      'an expiry before not-before',
      { notBefore: '2027-02-01T00:00:00.000Z', expiresAt: '2027-01-01T00:00:00.000Z' },
      FIELD_IDS.expiresAt,
    ],
    [
      'two tags of one name',
      {
        tags: [
          { name: 'a', value: '1' },
          { name: 'a', value: '2' },
        ],
      },
      FIELD_IDS.tags,
    ],
    ['a tag that is ours', { tags: [{ name: 'imported', value: 'false' }] }, FIELD_IDS.tags],
    ['exportable without a policy', { exportable: true }, FIELD_IDS.policy],
  ])('names %s once, at its own control', (_, change, field) => {
    expect(fields(withAnswers(change))).toEqual([field])
  })

  it('asks for the file before anything else is said of it', () => {
    expect(fileErrors(start, report)).toEqual([
      { fieldId: FIELD_IDS.file, message: 'Choose the key file or transfer blob.' },
    ])
  })

  it('leaves out no expected public key that can’t be read', () => {
    const typed = wizardReducer(start, { type: 'expected-read', unreadable: true })
    expect(expectedErrors(typed).map(({ fieldId }) => fieldId)).toEqual([FIELD_IDS.expected])
    expect(expectedErrors(wizardReducer(typed, { type: 'expected-read', unreadable: false }))).toEqual([])
  })

  it('asks for each warning until its very fact was acknowledged', () => {
    const row = {
      id: 'file-generator',
      group: 'file',
      title: 'Generator named',
      link: '',
      verdict: 'warn',
      fact: 'The file does not name the tool.',
    } as const
    const warned = { rows: [row], verdict: 'warn', sentSha256: null } as const
    const acknowledged = (fact: string) => asked(withAnswers({ acknowledged: { 'file-generator': fact } }))
    expect(preflightErrors(asked(withAnswers({})), { ...warned, rows: [row] })).toHaveLength(1)
    expect(preflightErrors(acknowledged('another fact'), { ...warned, rows: [row] })).toHaveLength(1)
    expect(preflightErrors(acknowledged(row.fact), { ...warned, rows: [row] })).toEqual([])
  })

  it('says once that the vault has not answered, instead of every check that waits for it', () => {
    const row = { id: 'kek-exists', group: 'kek', title: '', link: '', verdict: 'pending', fact: '' } as const
    const errors = preflightErrors(withAnswers({}), { rows: [row, row], verdict: 'pending', sentSha256: null })
    expect(errors.map(({ fieldId }) => fieldId)).toEqual([FIELD_IDS.askAgain])
  })
})
