import { expect, it } from 'vitest'
import { csvHeader, csvLine } from './export-events-csv'

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
