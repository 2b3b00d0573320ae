import { describe, expect, it } from 'vitest'
import { csvField, withoutApostrophe } from './csv-field'

describe('a CSV field', () => {
  it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'])('is never a formula: %j', (value) => {
    expect(csvField(value)).toBe(`"'${value}"`)
  })

  it('keeps commas, quotes and line breaks inside', () => {
    expect(csvField('a "b", c\nd')).toBe('"a ""b"", c\nd"')
  })

  it('comes back as it was', () => {
    for (const value of ['=1', '-name', 'plain', "'quoted'", "it's"]) {
      expect(withoutApostrophe(csvField(value).slice(1, -1))).toBe(value)
    }
  })
})
