import { describe, expect, it } from 'vitest'
import { areExclusive, cannotAdd, permissionsBeside, sortRoles } from './role-rules'
import { ROLES, type Role } from './roles'

describe('roles', () => {
  it.each([
    [['administrator', 'custodian'], true],
    [['approver', 'administrator'], true],
    [['administrator', 'auditor', 'viewer'], false],
    [['custodian', 'approver', 'auditor'], false],
    [[], false],
  ] as [Role[], boolean][])('%j exclude each other: %s', (roles, exclusive) => {
    expect(areExclusive(roles)).toBe(exclusive)
  })

  it('can be added exactly where the whole would not be exclusive', () => {
    for (const picked of ROLES) {
      for (const role of ROLES) {
        expect(cannotAdd(role, [picked]) === undefined).toBe(!areExclusive([picked, role]))
      }
    }
  })

  it('have one order and no doubles', () => {
    expect(sortRoles(['viewer', 'approver', 'viewer'])).toEqual(['approver', 'viewer'])
  })

  it('tell every permission before and after', () => {
    const gained = permissionsBeside(['viewer'], ['auditor']).filter(({ before, after }) => !before && after)
    expect(gained.map(({ permission }) => permission)).toContain('audit.export')
  })
})
