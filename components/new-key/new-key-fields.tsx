import { familyOf } from '@/lib/domain/keys/key-type'
import type { FieldProblems } from '../form/act-form'
import { purposeOptions } from '../import/purpose-options'
import { RadioGroup } from '../ui/choice-group'
import { DateTimeInput } from '../ui/date-time-input'
import { Field } from '../ui/field'
import { Select } from '../ui/select'
import { TextInput } from '../ui/text-input'
import { VaultField } from '../vaults/vault-field'
import { type NewKey, type NewKeyVault, typeOptions } from './new-key'
import { NEW_KEY_IDS as IDS } from './new-key-ids'

type NewKeyFieldsProps = {
  form: NewKey
  vaults: readonly NewKeyVault[]
  vault: NewKeyVault | undefined
  wrong: FieldProblems
  set: (change: Partial<NewKey>) => void
}

/** All but the policy. */
export function NewKeyFields({ form, vaults, vault, wrong, set }: NewKeyFieldsProps) {
  const types = typeOptions(vault)
  const type = types.find(({ value }) => value === form.type)
  return (
    <>
      <VaultField
        id={IDS.connectionId}
        vaults={vaults}
        value={form.connectionId}
        onChange={(connectionId) => set({ connectionId })}
        error={wrong.connectionId}
      />
      <Field id={IDS.name} label="Name" hint="Letters, digits and hyphens. It must be free." error={wrong.name}>
        {(control) => (
          <TextInput {...control} mono value={form.name} onChange={(event) => set({ name: event.target.value })} />
        )}
      </Field>
      <Field id={IDS.sizeOrCurve} label="Type, with its size or curve" hint={TYPE_HINT} error={wrong.sizeOrCurve}>
        {(control) => (
          <Select
            {...control}
            value={type?.value ?? ''}
            onChange={(event) => set({ type: event.target.value, purpose: '' })}
            placeholder="Choose the type"
            options={types}
          />
        )}
      </Field>
      <RadioGroup
        id={IDS.keyOps}
        legend="What is it for?"
        name="purpose"
        hint="One key, one purpose: the vault refuses every other operation."
        error={wrong.keyOps}
        value={form.purpose}
        onChange={(event) => set({ purpose: event.target.value })}
        options={purposeOptions(type ? familyOf(type.kty) : null)}
      />
      <Field id={IDS.expiresAt} label="Expiry" optional error={wrong.expiresAt}>
        {(control) => (
          <DateTimeInput
            {...control}
            value={form.expiresAt}
            onChange={(event) => set({ expiresAt: event.target.value })}
          />
        )}
      </Field>
    </>
  )
}

const TYPE_HINT = 'Only a key in hardware can be exportable. AES keys are made in a Managed HSM alone.'
