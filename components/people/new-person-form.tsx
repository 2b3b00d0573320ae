'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Action } from '@/lib/domain/actions/action-result'
import type { Role } from '@/lib/domain/people/roles'
import { routes } from '@/lib/routes'
import { ActForm } from '../form/act-form'
import { READ_BY_TWO, ReasonField } from '../form/reason-field'
import { Button } from '../ui/button'
import { RadioGroup } from '../ui/choice-group'
import { Field } from '../ui/field'
import { LinkButton } from '../ui/link-button'
import { TextInput } from '../ui/text-input'
import { type NewPersonInput, readNewPerson } from './read-new-person'
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
  const [issuer, setIssuer] = useState(issuers[0]?.value ?? 'local')
  const [roles, setRoles] = useState<Role[]>([])
  const router = useRouter()
  return (
    <ActForm
      action={action}
      fieldIds={FIELD_IDS}
      read={(form) => readNewPerson(form, roles)}
      onDone={({ proposalId }) => router.push(routes.proposal(proposalId))}
    >
      {({ wrong, pending }) => (
        <>
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
          <ReasonField hint={READ_BY_TWO} error={wrong.reason} />
          <div className="flex gap-2">
            <Button type="submit" variant="primary" busy={pending}>
              Propose this person
            </Button>
            <LinkButton href={routes.people()} variant="quiet">
              Cancel
            </LinkButton>
          </div>
        </>
      )}
    </ActForm>
  )
}
