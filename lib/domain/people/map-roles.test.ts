import { describe, expect, it } from 'vitest'
import { mapRoles } from './map-roles'

const mapping = {
  claim: 'groups',
  roles: { administrator: ['admins'], custodian: ['keys', 'hsm'], approver: ['reviewers'], auditor: ['audit'] },
}

describe('roles from a claim', () => {
  it.each([
    [['keys'], ['custodian']],
    [['hsm', 'keys', 'other'], ['custodian']],
    [
      ['reviewers', 'keys'],
      ['custodian', 'approver'],
    ],
    [
      ['admins', 'audit'],
      ['administrator', 'auditor'],
    ],
  ])('%j gives %j', (values, roles) => {
    expect(mapRoles(mapping, values)).toEqual({ ok: true, value: roles })
  })

  it.each([[[]], [['other']], [['Keys']], [['keys ']], [['keys,hsm']], [['custodian']]])('%j gives none', (values) => {
    expect(mapRoles(mapping, values)).toEqual({ ok: false, error: 'no-role' })
  })

  it.each([[['admins', 'keys']], [['admins', 'reviewers']], [['admins', 'reviewers', 'audit']]])(
    '%j would make an administrator who moves keys, and gives nothing',
    (values) => {
      expect(mapRoles(mapping, values)).toEqual({ ok: false, error: 'roles-exclusive' })
    },
  )
})
