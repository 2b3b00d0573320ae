import { describe, expect, it } from 'vitest'
import { publicMembers } from './every-method'

class Sample {
  one() {
    return this.two
  }
  get two() {
    return 2
  }
  hidden() {
    return this.one()
  }
}

describe('the members of a class', () => {
  it('are its methods and what it computes, without what is named as internal', () => {
    expect(publicMembers(Sample.prototype, ['hidden'])).toEqual(['one', 'two'])
    expect(publicMembers(Sample.prototype, [])).toContain('hidden')
  })
})
