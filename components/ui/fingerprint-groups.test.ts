import { describe, expect, it } from 'vitest'
import { firstDifference, groupsOfFour } from './fingerprint-groups'

describe('fingerprint groups', () => {
  it('groups in fours whatever the separators', () => {
    expect(groupsOfFour('ab:cd:ef:01 23')).toEqual(['abcd', 'ef01', '23'])
  })

  it('has no group for nothing', () => {
    expect(groupsOfFour('')).toEqual([])
  })

  it('finds the first group that differs', () => {
    expect(firstDifference(['aaaa', 'bbbb'], ['aaaa', 'bbbc'])).toBe(1)
  })

  it('counts a missing group as a difference, and equal lists as none', () => {
    expect(firstDifference(['aaaa'], ['aaaa', 'bbbb'])).toBe(1)
    expect(firstDifference(['aaaa'], ['aaaa'])).toBe(-1)
  })
})
