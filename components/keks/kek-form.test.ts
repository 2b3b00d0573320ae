import { describe, expect, it } from 'vitest'
import { checkKekForm, EMPTY_KEK_FORM } from './kek-form'

const now = new Date('2026-11-22T10:00:00Z')
const filled = { ...EMPTY_KEK_FORM, connectionId: 'c', name: 'kek-2026' }

describe('the form that creates a KEK', () => {
  it('sends what was typed, with no expiry as null', () => {
    expect(checkKekForm(filled, now)).toEqual({
      errors: {},
      input: { connectionId: 'c', name: 'kek-2026', bits: 4096, expiresAt: null },
    })
  })

  it('reads an expiry as UTC', () => {
    const { input } = checkKekForm({ ...filled, expiresAt: '2026-12-01T08:30' }, now)
    expect(input?.expiresAt).toBe('2026-12-01T08:30:00.000Z')
  })

  it.each([
    ['a missing vault', { connectionId: '' }, 'connectionId'],
    ['a missing name', { name: '' }, 'name'],
    ['a name that the vault refuses', { name: 'kek 1' }, 'name'],
    ['a size that is none', { bits: '1024' }, 'bits'],
    ['an expiry that has passed', { expiresAt: '2026-11-22T09:59' }, 'expiresAt'],
  ])('names %s and sends nothing', (_, change, field) => {
    const { errors, input } = checkKekForm({ ...filled, ...change }, now)
    expect(Object.keys(errors)).toEqual([field])
    expect(input).toBeNull()
  })
})
