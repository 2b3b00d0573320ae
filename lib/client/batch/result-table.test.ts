import { describe, expect, it } from 'vitest'
import { NO_ANSWERS } from '../import/answers'
import { startWizard, type WizardState } from '../import/wizard'
import { readGiven } from './given-manifest'
import { readManifestCells } from './manifest-csv'
import type { QueueRow } from './queue-state'
import { resultTable } from './result-table'

const now = new Date('2026-11-22T12:00:00Z')
const answers = {
  ...NO_ANSWERS,
  keyOps: ['sign' as const, 'verify' as const],
  tags: [{ name: 'owner', value: 'a, b' }],
}
const told = (name: string, row: QueueRow, more: Partial<WizardState> = {}) => ({
  name,
  row,
  state: { ...startWizard({ draft: null }), answers: { ...answers, name: name.replace(/\W/g, '') }, ...more },
})
const output = { importId: 'i', reference: 'IMP-7', status: 'awaiting_review' } as const
const done = told('a.pem', { state: 'done', errors: [] }, { submission: { state: 'done', output } })
const out = (message: string): QueueRow => ({ state: 'out', errors: [{ fieldId: 'f', message }] })

/** As it comes back: the saved table, read as a manifest beside these files. */
async function again(table: string, fileNames: string[]) {
  const cells = await readManifestCells(new Blob([table]))
  if (!cells.ok) throw new Error(cells.error)
  const given = readGiven({ name: 'import-results.csv', cells: cells.value, now }, fileNames)
  if (!given.reading.ok) throw new Error(given.reading.error)
  return { given, manifest: given.reading.value }
}

describe('a result table', () => {
  it('tells each file’s state, and is no formula', () => {
    const table = resultTable([done, told('=cmd()', out('+1\nmore'))], null)
    const [head, first, second] = table.split('\r\n')
    expect(head).toBe(
      '\uFEFFfile,name,operations,expiry,tags,expected,state,reference,message,sent_sha256,public_key_sha256,check_value',
    )
    expect(first).toBe('"a.pem","apem","sign verify","","owner=a, b","","In review","IMP-7","","","",""')
    expect(second).toContain(`"'=cmd()"`)
    expect(second).toContain(`"'+1 more"`)
  })

  it('given as the manifest skips what is in review, and says the same of the rest', async () => {
    const { manifest } = await again(resultTable([done, told('-b.pem', out('Later.'))], null), ['a.pem', '-b.pem'])
    expect(manifest.inReview).toMatchObject([{ file: 'a.pem', results: { reference: 'IMP-7' } }])
    expect(manifest.lines).toMatchObject([
      { file: '-b.pem', row: { name: 'bpem', keyOps: ['sign', 'verify'], tags: { owner: 'a, b' } } },
    ])
  })

  it('carries what was in review before, and a wrong line as it was given', async () => {
    const before = await again(resultTable([done], null), ['a.pem'])
    const table = resultTable([told('a.pem', out('It is in review already.'))], before.given)
    expect((await again(table, ['a.pem'])).manifest.inReview).toMatchObject([{ results: { reference: 'IMP-7' } }])
    const cells = [
      ['file', 'name', 'operations'],
      ['c.pem', '!', 'sign'],
    ]
    const wrong = resultTable([told('c.pem', out('Line 2'))], readGiven({ name: 'm.csv', cells, now }, ['c.pem']))
    expect(wrong.split('\r\n')[1]).toMatch(/^"c\.pem","!","sign",.*"Stays out","","The name must have letters/)
  })
})
