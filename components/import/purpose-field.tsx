import { PURPOSE_CHOICES } from '@/lib/client/import/answers'
import { FIELD_IDS } from '@/lib/client/import/field-ids'
import { KEY_OPERATIONS, OPERATIONS_OF } from '@/lib/domain/keys/key-operations'
import { familyOf, type KeyFamily } from '@/lib/domain/keys/key-type'
import { CheckboxGroup, RadioGroup } from '../ui/choice-group'
import { purposeOptions } from './purpose-options'
import type { WizardParts } from './use-import-wizard'

const WORDS = {
  one: {
    legend: 'What is it for?',
    hint: 'One key, one purpose: the vault refuses every other operation.',
  },
  several: {
    legend: 'What are they for?',
    hint: 'One purpose for all of them: the vault refuses every other operation. A key with operations of its own is imported by itself.',
  },
} as const

type PurposeFieldProps = {
  wizard: WizardParts
  error: string | undefined
  /** Of a queue: for every file of it, of whatever type. Operations one by one are a type's, so they are not offered. */
  several?: boolean
}

/** One key, one purpose: its operations follow from it. */
export function PurposeField({ wizard, error, several = false }: PurposeFieldProps) {
  const { dispatch, state } = wizard
  const { purpose, keyOps, kty } = state.answers
  const family = kty ? familyOf(kty) : null
  return (
    <div className="flex flex-col gap-3">
      <RadioGroup
        id={FIELD_IDS.purpose}
        {...WORDS[several ? 'several' : 'one']}
        name="purpose"
        error={error}
        value={purpose ?? ''}
        onChange={(event) => {
          const choice = PURPOSE_CHOICES.find((id) => id === event.target.value)
          if (choice) dispatch({ type: 'purpose-chosen', purpose: choice })
        }}
        options={several ? purposeOptions(family) : [...purposeOptions(family), customOption(family)]}
      />
      {purpose === 'custom' ? (
        <div className="pl-6.5">
          <CheckboxGroup
            id={FIELD_IDS.operations}
            legend="Operations"
            name="operations"
            value={keyOps}
            onChange={(event) => {
              const { value, checked } = event.target
              const operations = KEY_OPERATIONS.filter((id) => (id === value ? checked : keyOps.includes(id)))
              dispatch({ type: 'answered', change: { keyOps: operations } })
            }}
            options={(family ? OPERATIONS_OF[family] : []).map((id) => ({ value: id, label: id }))}
          />
        </div>
      ) : null}
    </div>
  )
}

function customOption(family: KeyFamily | null) {
  return {
    value: 'custom' as const,
    label: 'Choose the operations one by one',
    hint: 'Mixing purposes weakens a key; record why.',
    disabledReason: family ? undefined : 'Choose the type first.',
  }
}
