import { describe, expect, it } from 'vitest'
import { parseSearch, parseSpan } from './parse-search'

describe('the audit log’s search box', () => {
  it('knows its fields, phrases and negation', () => {
    expect(parseSearch('actor:"Amara Okafor" -key:pay action:enable_key  free -"not this"')).toEqual([
      { field: 'actor', value: 'Amara Okafor', negated: false },
      { field: 'key', value: 'pay', negated: true },
      { field: 'action', value: 'enable_key', negated: false },
      { field: 'text', value: 'free', negated: false },
      { field: 'text', value: 'not this', negated: true },
    ])
  })

  it('takes a field that it does not know as free text, and an unclosed phrase as a phrase', () => {
    expect(parseSearch('https://contoso.vault.azure.net')).toEqual([
      { field: 'text', value: 'https://contoso.vault.azure.net', negated: false },
    ])
    expect(parseSearch('"open end')).toEqual([{ field: 'text', value: 'open end', negated: false }])
    expect(parseSearch('  ""  key:""')).toEqual([])
  })

  it('reads dates as UTC days', () => {
    const day = (text: string) => new Date(`${text}T00:00:00Z`)
    expect(parseSpan('>=2026-01-01')).toEqual({ from: day('2026-01-01') })
    expect(parseSpan('<=2026-01-01')).toEqual({ before: day('2026-01-02') })
    expect(parseSpan('2026-01-01')).toEqual({ from: day('2026-01-01'), before: day('2026-01-02') })
    expect(parseSpan('2026-01-01..2026-01-31')).toEqual({ from: day('2026-01-01'), before: day('2026-02-01') })
    expect(parseSpan('>2026-01-01T10:00')).toEqual({ from: new Date('2026-01-01T10:00:00.001Z') })
    expect(parseSpan('soon')).toBeUndefined()
    expect(parseSpan('2026-13-45')).toBeUndefined()
  })
})
