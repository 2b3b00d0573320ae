import { describe, expect, it } from 'vitest'
import { csvField, csvHeader, csvLine } from './export-events-csv'

describe('a CSV field', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('is never a formula: %j', (value) => {
    expect(csvField(value)).toBe(`"'${value}"`)
  })

  it('keeps commas, quotes and line breaks inside', () => {
    expect(csvField('a "b", c\nd')).toBe('"a ""b"", c\nd"')
  })
})

it('a CSV line has a field for every column', () => {
  const line = csvLine({
    id: '1',
    at: '2026-01-01T00:00:00.000Z',
    type: 'audit.exported',
    phase: 'noted',
    words: 'x',
    actorName: '=cmd()',
    actorId: null,
    vaultName: null,
    connectionId: null,
    keyName: null,
    keyVersion: null,
    operationId: null,
    importId: null,
    code: null,
    vaultRequestId: null,
    details: {},
  })
  expect(line.split(',')).toHaveLength(csvHeader().split(',').length)
  expect(line).toContain(`"'=cmd()"`)
})
