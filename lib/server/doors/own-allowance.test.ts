import { describe, expect, it } from 'vitest'
import { ownAllowance } from './own-allowance'

function atRest() {
  let at = 1_000
  const take = ownAllowance({ burst: 3, perMs: 100 }, () => at)
  return {
    take,
    pass: (ms: number) => {
      at += ms
    },
    letIn: (bucket: string, times: number) =>
      Array.from({ length: times }, () => take(bucket)).filter((t) => t.ok).length,
  }
}

describe('an allowance of one process', () => {
  it('lets its burst in, each bucket its own', () => {
    const { letIn } = atRest()
    expect([letIn('a', 10), letIn('b', 10)]).toEqual([3, 3])
  })

  it('lets one more in each step, says when, and saves up no more than its burst', () => {
    const { take, letIn, pass } = atRest()
    letIn('a', 3)
    expect(take('a')).toEqual({ ok: false, retryAfterMs: 100 })
    pass(100)
    expect(letIn('a', 10)).toBe(1)
    pass(1_000_000)
    expect(letIn('a', 10)).toBe(3)
  })

  it('holds no more than it should of buckets that nobody uses', () => {
    const { take, pass, letIn } = atRest()
    for (let n = 0; n < 10_000; n += 1) take(`once ${n}`)
    pass(10_000)
    expect(letIn('a', 10)).toBe(3)
  })
})
