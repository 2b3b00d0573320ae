import { describe, expect, it } from 'vitest'
import { tallyOf, tallyWords } from './tally'

const rows = (...verdicts: ('pass' | 'warn' | 'fail' | 'pending')[]) => verdicts.map((verdict) => ({ verdict }))

describe('the tally of a preflight report', () => {
  it('says how many passed of all, and only what there is', () => {
    expect(tallyWords(tallyOf(rows('pass', 'pass', 'fail')))).toBe('2 of 3 checks passed, 1 failed')
    expect(tallyWords(tallyOf(rows('pass', 'warn', 'pending')))).toBe('1 of 3 checks passed, 1 warning, 1 waiting')
  })

  it('counts a waiting check as none that passed', () => {
    expect(tallyOf(rows('pending', 'pending'))).toMatchObject({ pass: 0, total: 2 })
  })
})
