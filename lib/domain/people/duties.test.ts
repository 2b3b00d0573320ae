import { expect, it } from 'vitest'
import { dutiesHoldUntil } from './duties'

it('an acknowledgement holds for a year, and none holds never', () => {
  expect(dutiesHoldUntil(new Date('2026-11-22T10:00:00Z'))).toEqual(new Date('2027-11-22T10:00:00Z'))
  expect(dutiesHoldUntil(undefined)).toBeUndefined()
})
