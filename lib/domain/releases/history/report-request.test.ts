import { describe, expect, it } from 'vitest'
import { type ReportFields, readReportRequest } from './report-request'

const now = new Date('2026-11-22T10:00:00.000Z')
const read = (fields: Partial<ReportFields>) =>
  readReportRequest({ vault: 'contoso', key: 'signing', from: '', to: '', ...fields }, now)

describe('what a report is asked of', () => {
  it('is whole days, the last one to its end, and thirty of them where nobody says', () => {
    expect(read({ from: '2026-11-01', to: '2026-11-02' })).toMatchObject({
      request: { since: new Date('2026-11-01T00:00:00.000Z'), until: new Date('2026-11-02T23:59:59.999Z') },
    })
    expect(read({})).toMatchObject({ request: { from: '2026-10-24', to: '2026-11-22' } })
    expect(read({ to: '2026-03-31' })).toMatchObject({ request: { from: '2026-03-02' } })
  })

  it.each([
    [{ from: '2026-11-02', to: '2026-11-01' }, 'to'],
    [{ from: '2026-02-30' }, 'from'],
    [{ to: '+275760-09-13' }, 'to'],
    [{ to: '0000-00-00' }, 'to'],
    [{ from: '2024-11-01', to: '2026-11-01' }, 'from'],
    [{ key: 'k'.repeat(128) }, 'key'],
    [{ vault: '' }, 'vault'],
    [{ key: '' }, 'key'],
    [{ vault: '', key: '', from: '2026-11-01', to: '2026-11-02' }, 'vault'],
  ])('%j is asked again, with a sentence at its field and nothing lost', (fields, field) => {
    const asked = read(fields)
    expect(asked).toMatchObject({ kind: 'form', fields, problems: { [field]: expect.stringMatching(/\.$/) } })
  })

  it('has nothing to complain of before anything was said', () => {
    expect(read({ vault: '', key: '' })).toMatchObject({ kind: 'form', problems: {} })
  })
})
