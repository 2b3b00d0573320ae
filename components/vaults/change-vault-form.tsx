'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useAct } from '@/lib/client/acts/use-act'
import type { Action } from '@/lib/domain/actions/action-result'
import type { CredentialReference } from '@/lib/domain/connections/credential'
import type { ConnectionKind, Environment } from '@/lib/domain/connections/kind'
import type { AddConnectionInput } from '@/lib/domain/connections/views'
import { routes } from '@/lib/routes'
import { ProblemSummary } from '../import/problem-summary'
import { Button } from '../ui/button'
import { RadioGroup } from '../ui/choice-group'
import { ErrorSummary } from '../ui/error-summary'
import { Field } from '../ui/field'
import { LinkButton } from '../ui/link-button'
import { TextArea } from '../ui/text-area'
import { TextInput } from '../ui/text-input'
import { CredentialFields, type CredentialWords } from './credential-fields'
import { ENVIRONMENT_OPTIONS } from './environment-options'
import { type FieldProblems, readAddVault, URL_HINTS } from './read-add-vault'

export type ChangeVaultInput = Omit<AddConnectionInput, 'kind'> & { connectionId: string; reason: string }

type ChangeVaultFormProps = {
  vault: {
    id: string
    name: string
    kind: ConnectionKind
    url: string
    environment: Environment
    credential: CredentialReference
  }
  action: Action<ChangeVaultInput, { proposalId: string }>
  credentialWords: CredentialWords
}

/** What of a connection takes two: as it is now, to be changed and proposed. The kind of a vault never changes. */
export function ChangeVaultForm({ vault, action, credentialWords }: ChangeVaultFormProps) {
  const { act, pending, problem } = useAct(action)
  const [missing, setMissing] = useState<FieldProblems>({})
  const router = useRouter()
  const wrong = Object.keys(missing).length > 0 ? missing : fieldsOf(problem?.fields)

  async function submit(form: FormData) {
    form.set('kind', vault.kind)
    const read = readAddVault(form)
    const reason = String(form.get('reason') ?? '').trim()
    const problems = {
      ...(read.ok ? {} : read.error),
      ...(reason ? {} : { reason: 'Give the reason: whoever confirms reads it.' }),
    }
    setMissing(problems)
    if (!read.ok || Object.keys(problems).length > 0) return
    const { kind: _kind, ...settings } = read.value
    const proposed = await act({ ...settings, connectionId: vault.id, reason })
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
      <Field id="name" label="Name" error={wrong.name}>
        {(control) => <TextInput {...control} name="name" maxLength={64} defaultValue={vault.name} />}
      </Field>
      <Field id="url" label="Address" hint={URL_HINTS[vault.kind]} error={wrong.url}>
        {(control) => <TextInput {...control} name="url" type="url" mono defaultValue={vault.url} />}
      </Field>
      <RadioGroup
        id="environment"
        name="environment"
        legend="Environment"
        error={wrong.environment}
        options={ENVIRONMENT_OPTIONS}
        defaultValue={vault.environment}
      />
      <CredentialFields words={credentialWords} wrong={wrong} known={vault.credential} />
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
          Propose this change
        </Button>
        <LinkButton href={routes.vault(vault.id)} variant="quiet">
          Cancel
        </LinkButton>
      </div>
    </form>
  )
}

const FIELD_IDS = Object.fromEntries(
  ['name', 'url', 'environment', 'credential', 'tenantId', 'clientId', 'secretVariable', 'reason'].map((id) => [
    id,
    id,
  ]),
)

/** The server names fields by their path; the form knows them by the last part. */
function fieldsOf(fields: Record<string, string> = {}): FieldProblems {
  return Object.fromEntries(Object.entries(fields).map(([path, message]) => [path.split('.').at(-1) ?? path, message]))
}
