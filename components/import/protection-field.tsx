import { FIELD_IDS } from '@/lib/client/import/field-ids'
import { nameOfShape } from '@/lib/client/import/key-shape'
import { keyOf } from '@/lib/client/import/wizard'
import { protectionsOf } from '@/lib/domain/imports/protection'
import { TARGET_TYPES, type TargetType } from '@/lib/domain/imports/target'
import type { WizardVault } from '@/lib/domain/imports/views'
import { familyOf } from '@/lib/domain/keys/key-type'
import { type GroupOption, RadioGroup } from '../ui/choice-group'
import type { WizardParts } from './use-import-wizard'

type ProtectionFieldProps = { wizard: WizardParts; error: string | undefined }

/** What holds a key that crosses in the clear: the officer says so, nothing is chosen for them. */
export function ProtectionField({ wizard, error }: ProtectionFieldProps) {
  const { state, choices, dispatch } = wizard
  const key = keyOf(state.file)
  const vault = choices.vaults.find(({ connectionId }) => connectionId === state.answers.connectionId)
  if (!key || !vault) return null
  const types = TARGET_TYPES.filter((kty) => familyOf(kty) === key.kind)
  const { sizeOrCurve } = key
  return (
    <RadioGroup
      id={FIELD_IDS.type}
      legend={`What is to hold the ${nameOfShape(key)} key`}
      name="type"
      error={error}
      value={types.find((kty) => kty === state.answers.kty) ?? ''}
      onChange={(event) => {
        const kty = types.find((candidate) => candidate === event.target.value)
        if (kty) dispatch({ type: 'type-chosen', kty, sizeOrCurve })
      }}
      options={types.map((kty) => optionOf(kty, vault))}
    />
  )
}

function optionOf(kty: TargetType, vault: WizardVault): GroupOption {
  const { software, hardware } = protectionsOf(vault)
  if (!kty.endsWith('-HSM')) {
    const disabledReason = software ? undefined : 'This vault holds keys in hardware only.'
    return { value: kty, label: `Software (${kty})`, hint: 'The vault’s own processes hold it.', disabledReason }
  }
  const disabledReason =
    hardware === 'no' ? 'The vault is of the Standard tier, which holds no key in hardware.' : undefined
  const hint =
    hardware === 'not-known'
      ? 'Needs the Premium tier. Which tier the vault has is not known: a Standard vault refuses it, after the key was sent.'
      : 'The vault moves it into its HSM on arrival. It is a software key all the same.'
  return { value: kty, label: `Hardware (${kty})`, hint, disabledReason }
}
