import { bytesLeft } from '@/lib/client/import/bytes-left'
import { FIELD_IDS } from '@/lib/client/import/field-ids'
import { isOfType, nameOfShape } from '@/lib/client/import/key-shape'
import { keyOf } from '@/lib/client/import/wizard'
import { BLOB_TYPES, type TargetType } from '@/lib/domain/imports/target'
import { familyOf, sizesOf } from '@/lib/domain/keys/key-type'
import { shapeName } from '@/lib/domain/preflight/encoded-lengths'
import { nameProposals, proposeTypes } from '@/lib/domain/preflight/type-proposals'
import { RadioGroup } from '../ui/choice-group'
import { Field } from '../ui/field'
import { Select } from '../ui/select'
import type { WizardParts } from './use-import-wizard'

type Choice = { kty: TargetType; sizeOrCurve: string; name: string }

const choicesOf = (types: readonly TargetType[]): Choice[] =>
  types.flatMap((kty) =>
    sizesOf(familyOf(kty)).map((sizeOrCurve) => ({
      kty,
      sizeOrCurve,
      name: shapeName({ family: familyOf(kty), sizeOrCurve }),
    })),
  )

const ALL: readonly Choice[] = choicesOf(BLOB_TYPES)

/** The type of the key that crosses: what the length allows is proposed, and overlaps are for the officer to decide. */
export function KeyTypeField({ wizard, error }: { wizard: WizardParts; error: string | undefined }) {
  const { dispatch } = wizard
  const { kty, sizeOrCurve } = wizard.state.answers
  const proposals = proposalsOf(wizard)
  const chosen = ALL.find((choice) => choice.kty === kty && choice.sizeOrCurve === sizeOrCurve)?.name ?? ''
  const proposed = proposals.some(({ name }) => name === chosen)
  const others = ALL.filter(({ name }) => !proposals.some((proposal) => proposal.name === name))

  function choose(name: string) {
    const choice = ALL.find((candidate) => candidate.name === name)
    if (choice) dispatch({ type: 'type-chosen', kty: choice.kty, sizeOrCurve: choice.sizeOrCurve })
  }

  return (
    <div className="flex flex-col gap-3">
      <RadioGroup
        id={FIELD_IDS.type}
        legend="Type, with its size or curve"
        name="type"
        hint={lengthWords(wizard, proposals)}
        error={error}
        value={proposed ? chosen : ''}
        onChange={(event) => choose(event.target.value)}
        options={proposals.map(({ name, kty: type }) => ({ value: name, label: `${name} (${type})` }))}
      />
      <Field id={FIELD_IDS.otherType} label={proposals.length > 0 ? 'Another type' : 'Type'}>
        {(control) => (
          <Select
            {...control}
            value={proposed ? '' : chosen}
            onChange={(event) => choose(event.target.value)}
            placeholder={proposals.length > 0 ? 'None other than above' : 'Choose the type'}
            options={others.map(({ name, kty: type }) => ({ value: name, label: `${name} (${type})` }))}
          />
        )}
      </Field>
    </div>
  )
}

function leftOf({ state, choices }: WizardParts): number | null {
  return state.file.state === 'read' ? bytesLeft(choices, state.answers, state.file.facts.ciphertextLength) : null
}

function proposalsOf(wizard: WizardParts): Choice[] {
  const key = keyOf(wizard.state.file)
  if (key) return ALL.filter((choice) => isOfType(key, choice))
  const left = leftOf(wizard)
  return left === null ? [] : proposeTypes(left)
}

function lengthWords(wizard: WizardParts, proposals: readonly Choice[]): string {
  const key = keyOf(wizard.state.file)
  if (key) return `The key in the file is ${nameOfShape(key)}.`
  const left = leftOf(wizard)
  if (left === null) return 'What the file’s length allows is proposed here.'
  if (proposals.length === 0) {
    return `After the KEK’s block ${left} bytes are left for the key. No known type has this length: take it from the ceremony record.`
  }
  const several = proposals.length > 1 ? ' The length can’t tell which: take it from the ceremony record.' : ''
  return `After the KEK’s block ${left} bytes are left for the key: ${nameProposals(proposals)}.${several}`
}
