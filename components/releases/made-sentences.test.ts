import { describe, expect, it } from 'vitest'
import type { MadeRelease } from '@/lib/domain/releases/history/evaluation-views'
import { madeSentences } from './made-sentences'

type Ended = Pick<MadeRelease, 'status' | 'end' | 'agreement' | 'refusal'>
const said = (ended: Ended) => {
  const { title, text } = madeSentences(ended)
  return `${title} ${text}`
}

describe('how a release from here ended', () => {
  it.each([
    ['agrees', /as the policy says/],
    ['policy-not-known', /whether the refusal agrees with it is not known/],
    ['not-by-policy', /the token did not hold at that time/],
  ] as const)('a refusal that %s is told so, and no other as what the policy says', (agreement, words) => {
    const text = said({ status: 'failed', end: 'denied', agreement, refusal: null })
    expect(text).toMatch(words)
    expect(/as the policy says/.test(text)).toBe(agreement === 'agrees')
  })

  it.each([
    ['agrees', /as its policy says/],
    ['policy-not-known', /whether the release agrees with it is not known/],
    ['diverges', /must not/],
  ] as const)('a release that %s is told so', (agreement, words) => {
    expect(said({ status: 'succeeded', end: 'released', agreement, refusal: null })).toMatch(words)
  })

  it('what nobody knows is told as released, for whoever must act', () => {
    expect(said({ status: 'indeterminate', end: null, agreement: null, refusal: null })).toMatch(
      /Treat the key as released/,
    )
  })
})
