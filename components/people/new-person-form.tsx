'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useAct } from '@/lib/client/acts/use-act'
import type { Action } from '@/lib/domain/actions/action-result'
import type { Role } from '@/lib/domain/people/roles'
import { routes } from '@/lib/routes'
import { ProblemSummary } from '../import/problem-summary'
import { Button } from '../ui/button'
import { RadioGroup } from '../ui/choice-group'
import { ErrorSummary } from '../ui/error-summary'
import { Field } from '../ui/field'
import { LinkButton } from '../ui/link-button'
import { TextArea } from '../ui/text-area'
import { TextInput } from '../ui/text-input'
import { type NewPersonInput, type NewPersonProblems, readNewPerson } from './read-new-person'
import { RolePicker } from './role-picker'

export type Issuer = { value: string; label: string; hint: string }

type NewPersonFormProps = {
  action: Action<NewPersonInput, { proposalId: string }>
  /** `local` and, where one is set, the identity provider. */
  issuers: readonly Issuer[]
}

const FIELD_IDS = {
  issuer: 'issuer',
  subject: 'subject',
  name: 'name',
  email: 'email',
  roles: 'roles',
  reason: 'reason',
}

/** Proposes an account. No password: the person sets their own. */
export function NewPersonForm({ action, issuers }: NewPersonFormProps) {
  const { act, pending, problem } = useAct(action)
  const [issuer, setIssuer] = useState(issuers[0]?.value ?? 'local')
  const [roles, setRoles] = useState<Role[]>([])
  const [missing, setMissing] = useState<NewPersonProblems>({})
  const router = useRouter()
  const wrong = Object.keys(missing).length > 0 ? missing : (problem?.fields ?? {})

  async function submit(form: FormData) {
    const read = readNewPerson(form, roles)
    setMissing(read.ok ? {} : read.error)
    const proposed = read.ok ? await act(read.value) : undefined
    if (proposed?.ok) router.push(routes.proposal(proposed.value.proposalId))
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        void submit(new FormData(event.currentTarget))
      }}
      className="flex flex-col gap-6"
    >
      <ErrorSummary errors={Object.entries(missing).map(([fieldId, message]) => ({ fieldId, message }))} />
      {Object.keys(missing).length === 0 ? <ProblemSummary problem={problem} fieldIds={FIELD_IDS} /> : null}
      <Field
        id="name"
        label="Name"
        hint="As colleagues know them. It stands beside everything they do."
        error={wrong.name}
      >
        {(control) => <TextInput {...control} name="name" maxLength={128} autoComplete="off" />}
      </Field>
      <Field id="email" label="E-mail" error={wrong.email}>
        {(control) => <TextInput {...control} name="email" type="email" maxLength={254} autoComplete="off" />}
      </Field>
      <RadioGroup
        id="issuer"
        name="issuer"
        legend="How they sign in"
        error={wrong.issuer}
        value={issuer}
        options={issuers}
        onChange={(event) => setIssuer(event.target.value)}
      />
      {issuer === 'local' ? null : (
        <Field
          id="subject"
          label="Subject"
          hint="What the provider sends as “sub” for this person. They are known by it, never by the e-mail."
          error={wrong.subject}
        >
          {(control) => <TextInput {...control} name="subject" mono maxLength={255} autoComplete="off" />}
        </Field>
      )}
      <RolePicker id="roles" picked={roles} error={wrong.roles} onChange={setRoles} />
      <Field
        id="reason"
        label="Reason"
        hint="Whoever confirms reads it, and it stands in the audit log."
        error={wrong.reason}
      >
        {(control) => <TextArea {...control} name="reason" rows={2} maxLength={2000} />}
      </Field>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={pending}>
          Propose this person
        </Button>
        <LinkButton href={routes.people()} variant="quiet">
          Cancel
        </LinkButton>
      </div>
    </form>
  )
}
