'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { problemWords, useAct } from '@/lib/client/acts/use-act'
import type { Action, Problem } from '@/lib/domain/actions/action-result'
import { CONNECTION_KINDS, type ConnectionKind, KIND_FACTS } from '@/lib/domain/connections/kind'
import type { AddConnectionInput } from '@/lib/domain/connections/views'
import { routes } from '@/lib/routes'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { RadioGroup } from '../ui/choice-group'
import { ErrorSummary } from '../ui/error-summary'
import { Field } from '../ui/field'
import { LinkButton } from '../ui/link-button'
import { TextInput } from '../ui/text-input'
import { CredentialFields, type CredentialWords } from './credential-fields'
import { ENVIRONMENT_OPTIONS } from './environment-options'
import { type FieldProblems, readAddVault, URL_HINTS } from './read-add-vault'
import { RoleNote } from './role-note'

type AddVaultFormProps = {
  action: Action<AddConnectionInput, { connectionId: string }>
  credentialWords: CredentialWords
}

/** Name, kind, address, environment and where the credential is found: never a secret. */
export function AddVaultForm({ action, credentialWords }: AddVaultFormProps) {
  const { act, pending, problem } = useAct(action)
  const [kind, setKind] = useState<ConnectionKind>('azure_key_vault')
  const [missing, setMissing] = useState<FieldProblems>({})
  const router = useRouter()
  const wrong = Object.keys(missing).length > 0 ? missing : fieldsOf(problem)

  async function submit(form: FormData) {
    const read = readAddVault(form)
    setMissing(read.ok ? {} : read.error)
    const added = read.ok ? await act(read.value) : undefined
    if (!added?.ok) return
    router.push(routes.vault(added.value.connectionId))
    router.refresh()
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
      <ErrorSummary errors={Object.entries(wrong).map(([fieldId, message]) => ({ fieldId, message }))} />
      {problem && Object.keys(wrong).length === 0 ? <Banner tone="danger" title={problemWords(problem)} /> : null}
      <Field
        id="name"
        label="Name"
        hint="As officers call it. It stands in every list and in the audit log."
        error={wrong.name}
      >
        {(control) => <TextInput {...control} name="name" maxLength={64} />}
      </Field>
      <RadioGroup
        id="kind"
        name="kind"
        legend="Kind"
        error={wrong.kind}
        value={kind}
        options={CONNECTION_KINDS.map((value) => ({ value, label: KIND_FACTS[value].label }))}
        onChange={(event) => setKind(CONNECTION_KINDS.find((known) => known === event.target.value) ?? kind)}
      />
      <Field id="url" label="Address" hint={URL_HINTS[kind]} error={wrong.url}>
        {(control) => <TextInput {...control} name="url" type="url" mono />}
      </Field>
      <RadioGroup
        id="environment"
        name="environment"
        legend="Environment"
        error={wrong.environment}
        options={ENVIRONMENT_OPTIONS}
      />
      <CredentialFields words={credentialWords} wrong={wrong} />
      <Banner tone="information" title="The role it needs at the vault">
        <RoleNote kind={kind} />
      </Banner>
      <div className="flex gap-2">
        <Button type="submit" variant="primary" busy={pending}>
          Connect vault
        </Button>
        <LinkButton href={routes.vaults()} variant="quiet">
          Cancel
        </LinkButton>
      </div>
    </form>
  )
}

/** The server names fields by their path; the form knows them by the last part. */
function fieldsOf(problem: Problem | null): FieldProblems {
  const entries = Object.entries(problem?.fields ?? {})
  return Object.fromEntries(entries.map(([path, message]) => [path.split('.').at(-1) ?? path, message]))
}
