import { describe, expect, it } from 'vitest'
import { readNewPerson } from './read-new-person'

function formOf(fields: Record<string, string>): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.set(name, value)
  return form
}
const whole = { issuer: 'local', name: 'Ada', email: 'ada@example.test', reason: 'Joins' }

describe('the form for a new person', () => {
  it('reads a person of this installation without a subject', () => {
    expect(readNewPerson(formOf({ ...whole, subject: 'typed before' }), ['viewer'])).toEqual({
      ok: true,
      value: { ...whole, subject: null, roles: ['viewer'] },
    })
  })

  it('names everything that is missing at once', () => {
    const read = readNewPerson(formOf({ issuer: 'https://id.example.test', email: 'ada' }), [])
    expect(read.ok ? [] : Object.keys(read.error).sort()).toEqual(['email', 'name', 'reason', 'roles', 'subject'])
  })

  it('refuses roles that exclude each other', () => {
    expect(readNewPerson(formOf(whole), ['administrator', 'approver'])).toMatchObject({
      error: { roles: expect.any(String) },
    })
  })
})
