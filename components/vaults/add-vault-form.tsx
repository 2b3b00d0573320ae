'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { Action } from '@/lib/domain/actions/action-result'
import { CONNECTION_KINDS, type ConnectionKind, KIND_FACTS } from '@/lib/domain/connections/kind'
import type { AddConnectionInput } from '@/lib/domain/connections/views'
import { routes } from '@/lib/routes'
import { ActForm } from '../form/act-form'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { RadioGroup } from '../ui/choice-group'
import { Field } from '../ui/field'
import { LinkButton } from '../ui/link-button'
import { TextInput } from '../ui/text-input'
import { CredentialFields, type CredentialWords } from './credential-fields'
import { EnvironmentField } from './environment-field'
import { readAddVault, URL_HINTS, VAULT_FIELD_IDS } from './read-add-vault'
import { RoleNote } from './role-note'

type AddVaultFormProps = {
  action: Action<AddConnectionInput, { connectionId: string }>
  credentialWords: CredentialWords
}

/** Name, kind, address, environment and where the credential is found: never a secret. */
export function AddVaultForm({ action, credentialWords }: AddVaultFormProps) {
  const [kind, setKind] = useState<ConnectionKind>('azure_key_vault')
  const router = useRouter()

  function leave(connectionId: string) {
    router.push(routes.vault(connectionId))
    router.refresh()
  }

  return (
    <ActForm
      action={action}
      fieldIds={VAULT_FIELD_IDS}
      read={readAddVault}
      onDone={({ connectionId }) => leave(connectionId)}
    >
      {({ wrong, pending }) => (
        <>
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
          <EnvironmentField error={wrong.environment} />
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
        </>
      )}
    </ActForm>
  )
}
