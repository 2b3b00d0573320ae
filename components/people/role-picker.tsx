'use client'

import { cannotAdd } from '@/lib/domain/people/role-rules'
import { ROLE_PURPOSE, ROLES, type Role } from '@/lib/domain/people/roles'
import { CheckboxGroup } from '../ui/choice-group'

type RolePickerProps = {
  id: string
  picked: readonly Role[]
  error?: string | undefined
  onChange: (roles: Role[]) => void
}

/** Roles as one picks them; one that the others exclude stays there, with its reason. */
export function RolePicker({ id, picked, error, onChange }: RolePickerProps) {
  return (
    <CheckboxGroup
      id={id}
      name="roles"
      legend="Roles"
      hint="An administrator is never custodian or approver. Whoever imports and approves may be both, but never of the same key."
      error={error}
      value={picked}
      options={ROLES.map((role) => ({
        value: role,
        label: role,
        hint: ROLE_PURPOSE[role],
        disabledReason: picked.includes(role) ? undefined : cannotAdd(role, picked),
      }))}
      onChange={(event) => {
        const { value, checked } = event.target
        onChange(ROLES.filter((role) => (role === value ? checked : picked.includes(role))))
      }}
    />
  )
}
