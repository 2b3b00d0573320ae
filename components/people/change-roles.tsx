'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Action } from '@/lib/domain/actions/action-result'
import { permissionsBeside, sortRoles } from '@/lib/domain/people/role-rules'
import type { Role } from '@/lib/domain/people/roles'
import { err, ok, type Result } from '@/lib/domain/result'
import { routes } from '@/lib/routes'
import { ActForm, type FieldProblems } from '../form/act-form'
import { READ_BY_TWO, REASON_MISSING, ReasonField } from '../form/reason-field'
import { Button } from '../ui/button'
import { PermissionDiff } from './permission-diff'
import { RolePicker } from './role-picker'

type ChangeRolesInput = { personId: string; roles: Role[]; reason: string }

type ChangeRolesProps = {
  person: { id: string; name: string; roles: readonly Role[] }
  /** Why this reader, or anybody, can't propose it. */
  closed: string | undefined
  action: Action<ChangeRolesInput, { proposalId: string }>
}

/** Other roles, with what they let and no longer let the person do, before anybody is asked. */
export function ChangeRoles({ person, closed, action }: ChangeRolesProps) {
  const [roles, setRoles] = useState<Role[]>(sortRoles(person.roles))
  const router = useRouter()
  const rows = permissionsBeside(person.roles, roles)

  return (
    <ActForm
      action={action}
      fieldIds={FIELD_IDS}
      read={(form) => readChange(form, person, roles)}
      onDone={({ proposalId }) => router.push(routes.proposal(proposalId))}
    >
      {({ wrong, pending }) => (
        <>
          <RolePicker id="change-roles" picked={roles} error={wrong.roles} onChange={setRoles} />
          <PermissionDiff
            gained={rows.filter(({ before, after }) => after && !before).map(({ permission }) => permission)}
            lost={rows.filter(({ before, after }) => before && !after).map(({ permission }) => permission)}
          />
          <ReasonField hint={READ_BY_TWO} id="change-reason" error={wrong.reason} />
          <div>
            <Button type="submit" busy={pending} disabledReason={closed}>
              Propose these roles
            </Button>
          </div>
        </>
      )}
    </ActForm>
  )
}

const FIELD_IDS = { roles: 'change-roles', reason: 'change-reason' }

function readChange(
  form: FormData,
  person: ChangeRolesProps['person'],
  roles: Role[],
): Result<ChangeRolesInput, FieldProblems> {
  const reason = String(form.get('reason') ?? '').trim()
  const missing = {
    ...(roles.length === 0 ? { roles: 'Choose at least one role, or close the account instead.' } : {}),
    ...(sortRoles(person.roles).join() === sortRoles(roles).join()
      ? { roles: 'These are the roles already. Choose others.' }
      : {}),
    ...(reason ? {} : { reason: REASON_MISSING }),
  }
  return Object.keys(missing).length > 0 ? err(missing) : ok({ personId: person.id, roles, reason })
}
