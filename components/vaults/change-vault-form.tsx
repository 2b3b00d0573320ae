'use client'

import { useRouter } from 'next/navigation'
import type { Action } from '@/lib/domain/actions/action-result'
import type { CredentialReference } from '@/lib/domain/connections/credential'
import type { ConnectionKind, Environment } from '@/lib/domain/connections/kind'
import type { AddConnectionInput } from '@/lib/domain/connections/views'
import { err, ok, type Result } from '@/lib/domain/result'
import { routes } from '@/lib/routes'
import { ActForm, type FieldProblems } from '../form/act-form'
import { READ_BY_TWO, REASON_MISSING, ReasonField } from '../form/reason-field'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { LinkButton } from '../ui/link-button'
import { TextInput } from '../ui/text-input'
import { CredentialFields, type CredentialWords } from './credential-fields'
import { EnvironmentField } from './environment-field'
import { readAddVault, URL_HINTS, VAULT_FIELD_IDS } from './read-add-vault'

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
  const router = useRouter()
  return (
    <ActForm
      action={action}
      fieldIds={FIELD_IDS}
      read={(form) => readChange(form, vault)}
      onDone={({ proposalId }) => router.push(routes.proposal(proposalId))}
    >
      {({ wrong, pending }) => (
        <>
          <Field id="name" label="Name" error={wrong.name}>
            {(control) => <TextInput {...control} name="name" maxLength={64} defaultValue={vault.name} />}
          </Field>
          <Field id="url" label="Address" hint={URL_HINTS[vault.kind]} error={wrong.url}>
            {(control) => <TextInput {...control} name="url" type="url" mono defaultValue={vault.url} />}
          </Field>
          <EnvironmentField error={wrong.environment} known={vault.environment} />
          <CredentialFields words={credentialWords} wrong={wrong} known={vault.credential} />
          <ReasonField hint={READ_BY_TWO} error={wrong.reason} />
          <div className="flex gap-2">
            <Button type="submit" variant="primary" busy={pending}>
              Propose this change
            </Button>
            <LinkButton href={routes.vault(vault.id)} variant="quiet">
              Cancel
            </LinkButton>
          </div>
        </>
      )}
    </ActForm>
  )
}

const FIELD_IDS = { ...VAULT_FIELD_IDS, reason: 'reason' }

/** The kind is not asked for: a vault's never changes. */
function readChange(
  form: FormData,
  { id, kind }: ChangeVaultFormProps['vault'],
): Result<ChangeVaultInput, FieldProblems> {
  form.set('kind', kind)
  const read = readAddVault(form)
  const reason = String(form.get('reason') ?? '').trim()
  const missing: FieldProblems = reason ? {} : { reason: REASON_MISSING }
  if (!read.ok) return err({ ...read.error, ...missing })
  if (!reason) return err(missing)
  const { kind: _kind, ...settings } = read.value
  return ok({ ...settings, connectionId: id, reason })
}
