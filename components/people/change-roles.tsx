'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useAct } from '@/lib/client/acts/use-act'
import type { Action } from '@/lib/domain/actions/action-result'
import { permissionsBeside, sortRoles } from '@/lib/domain/people/role-rules'
import type { Role } from '@/lib/domain/people/roles'
import { routes } from '@/lib/routes'
import { ProblemSummary } from '../import/problem-summary'
import { Button } from '../ui/button'
import { ErrorSummary } from '../ui/error-summary'
import { Field } from '../ui/field'
import { TextArea } from '../ui/text-area'
import { PermissionDiff } from './permission-diff'
import { RolePicker } from './role-picker'

type ChangeRolesProps = {
  person: { id: string; name: string; roles: readonly Role[] }
  /** Why this reader, or anybody, can't propose it. */
  closed: string | undefined
  action: Action<{ personId: string; roles: Role[]; reason: string }, { proposalId: string }>
}

/** Other roles, with what they let and no longer let the person do, before anybody is asked. */
export function ChangeRoles({ person, closed, action }: ChangeRolesProps) {
  const { act, pending, problem } = useAct(action)
  const [roles, setRoles] = useState<Role[]>(sortRoles(person.roles))
  const [errors, setErrors] = useState<{ roles?: string; reason?: string }>({})
  const router = useRouter()
  const rows = permissionsBeside(person.roles, roles)

  async function submit(form: FormData) {
    const reason = String(form.get('reason') ?? '').trim()
    const wrong = problemsOf(person.roles, roles, reason)
    setErrors(wrong)
    if (Object.keys(wrong).length > 0) return
    const proposed = await act({ personId: person.id, roles, reason })
    if (proposed?.ok) router.push(routes.proposal(proposed.value.proposalId))
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit(new FormData(event.currentTarget))
      }}
      className="flex flex-col gap-5"
    >
      <ErrorSummary
        errors={Object.entries(errors).map(([field, message]) => ({ fieldId: `change-${field}`, message }))}
      />
      <ProblemSummary problem={problem} fieldIds={{ roles: 'change-roles', reason: 'change-reason' }} />
      <RolePicker id="change-roles" picked={roles} error={errors.roles} onChange={setRoles} />
      <PermissionDiff
        gained={rows.filter(({ before, after }) => after && !before).map(({ permission }) => permission)}
        lost={rows.filter(({ before, after }) => before && !after).map(({ permission }) => permission)}
      />
      <Field
        id="change-reason"
        label="Reason"
        hint="Whoever confirms reads it, and it stands in the audit log."
        error={errors.reason}
      >
        {(control) => <TextArea {...control} name="reason" rows={2} maxLength={2000} />}
      </Field>
      <div>
        <Button type="submit" busy={pending} disabledReason={closed}>
          Propose these roles
        </Button>
      </div>
    </form>
  )
}

function problemsOf(before: readonly Role[], after: readonly Role[], reason: string) {
  return {
    ...(after.length === 0 ? { roles: 'Choose at least one role, or close the account instead.' } : {}),
    ...(sortRoles(before).join() === sortRoles(after).join()
      ? { roles: 'These are the roles already. Choose others.' }
      : {}),
    ...(reason ? {} : { reason: 'Give the reason: whoever confirms reads it.' }),
  }
}
