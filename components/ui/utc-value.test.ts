import { describe, expect, it } from 'vitest'
import { isoToUtcInput, utcInputToIso } from './utc-value'

describe('UTC input values', () => {
  it('reads what was typed as UTC, whatever the machine thinks', () => {
    expect(utcInputToIso('2026-11-22T10:02')).toBe('2026-11-22T10:02:00.000Z')
  })

  it('round-trips to the minute', () => {
    expect(isoToUtcInput(utcInputToIso('2026-02-28T23:59'))).toBe('2026-02-28T23:59')
  })

  it.each(['', 'tomorrow', '2026-13-01T00:00', '2026-11-22'])('refuses %j', (value) => {
    expect(utcInputToIso(value)).toBeUndefined()
  })
})
