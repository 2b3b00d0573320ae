'use client'

import { useState } from 'react'
import type { CredentialReference } from '@/lib/domain/connections/credential'
import type { FieldProblems } from '../form/act-form'
import { RadioGroup } from '../ui/choice-group'
import { Field } from '../ui/field'
import { TextInput } from '../ui/text-input'
import { CREDENTIAL_TYPES } from './read-add-vault'

export type CredentialWords = Readonly<Record<CredentialReference['type'], string>>

type CredentialFieldsProps = {
  words: CredentialWords
  wrong: FieldProblems
  /** As it is now, where one is changed. */
  known?: CredentialReference
}

/** How the console signs in: names of environment variables, never a secret. */
export function CredentialFields({ words, wrong, known }: CredentialFieldsProps) {
  const [type, setType] = useState<string>(known?.type ?? '')
  const now: Record<string, string> = known ?? {}
  return (
    <>
      <RadioGroup
        id="credential"
        name="credential"
        legend="How the console signs in"
        hint="A secret never goes into this form or the database: it stays in the console’s environment, and only its variable’s name is kept."
        error={wrong.credential}
        options={CREDENTIAL_TYPES.map((value) => ({ value, label: words[value] }))}
        value={type}
        onChange={(event) => setType(event.target.value)}
      />
      {type === 'client-secret' || type === 'client-certificate' ? (
        <div className="flex flex-col gap-6 border-l-2 pl-4">
          <Line name="tenantId" label="Tenant id" wrong={wrong} now={now} />
          <Line name="clientId" label="Client id" wrong={wrong} now={now} />
          {type === 'client-secret' ? (
            <Line
              name="secretVariable"
              label="Variable that holds the secret"
              hint="Such as PROD_VAULT_SECRET."
              wrong={wrong}
              now={now}
            />
          ) : (
            <Line
              name="certificatePathVariable"
              label="Variable that holds the path of the PEM file"
              hint="Such as PROD_VAULT_CERTIFICATE. Certificate and private key in one file."
              wrong={wrong}
              now={now}
            />
          )}
        </div>
      ) : null}
    </>
  )
}

type LineProps = { name: string; label: string; hint?: string; wrong: FieldProblems; now: Record<string, string> }

function Line({ name, label, hint, wrong, now }: LineProps) {
  return (
    <Field id={name} label={label} hint={hint} error={wrong[name]}>
      {(control) => <TextInput {...control} name={name} mono maxLength={128} defaultValue={now[name]} />}
    </Field>
  )
}
