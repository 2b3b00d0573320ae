import { memo } from 'react'
import type { PolicyEdit } from '@/lib/client/release-policy/edit-policy'
import type { GroupKind, OutlineCondition, Place } from '@/lib/client/release-policy/policy-outline'
import { Button } from '../ui/button'
import { TextInput } from '../ui/text-input'
import { fieldAt } from './field-at'
import { KNOWN_CLAIMS_ID } from './known-claims'
import { RemoveButton } from './remove-button'
import { ScalarInput } from './scalar-input'
import { VerdictMark } from './verdict-mark'
import type { Verdict } from './verdicts'

type ClaimRowProps = {
  editor: string
  name: string
  condition: Extract<OutlineCondition, { kind: 'claim' }>
  verdict: Verdict | undefined
  /** The same function at every key that is pressed. */
  onEdit: (edit: PolicyEdit) => void
  /** Of what kind a group around it would be; null: none more goes into another. */
  wrapAs: GroupKind | null
}

/** One condition: a claim, and what it must equal. A policy has hundreds, and a key pressed in one leaves the others as they are. */
export const ClaimRow = memo(function ClaimRow({ editor, name, condition, verdict, wrapAs, onEdit }: ClaimRowProps) {
  const { claim, equals, place } = condition
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-2">
        <div className="min-w-48 flex-1">
          <TextInput
            mono
            id={fieldAt(editor, place)}
            className="text-table"
            aria-label={`Claim of ${name}`}
            placeholder="x-ms-…"
            list={KNOWN_CLAIMS_ID}
            value={claim}
            onChange={(event) => onEdit({ edit: 'set-claim', at: place, claim: event.target.value })}
          />
        </div>
        <div className="flex gap-2">
          {wrapAs ? (
            <Button
              variant="quiet"
              size="small"
              aria-label={`Put ${name} into a group`}
              onClick={() => onEdit({ edit: 'wrap', at: place, group: wrapAs })}
            >
              Group
            </Button>
          ) : null}
          <RemoveButton name={name} onRemove={() => onEdit({ edit: 'remove', at: place })} />
        </div>
      </div>
      <ScalarInput
        name={name}
        value={equals}
        onChange={(value) => onEdit({ edit: 'set-equals', at: place, equals: value })}
      />
      <VerdictMark verdict={verdict} />
    </div>
  )
}, isSameRow)

/** Outline and verdicts are read anew at every key; a row is drawn anew where they say something else. */
function isSameRow(before: ClaimRowProps, after: ClaimRowProps): boolean {
  const [one, other] = [before.condition, after.condition]
  return (
    before.onEdit === after.onEdit &&
    before.editor === after.editor &&
    before.name === after.name &&
    before.wrapAs === after.wrapAs &&
    one.at === other.at &&
    one.claim === other.claim &&
    Object.is(one.equals, other.equals) &&
    isSamePlace(one.place, other.place) &&
    isSameVerdict(before.verdict, after.verdict)
  )
}

/** `at` names a list by its usual spelling, a place as it is spelt. */
const isSamePlace = (one: Place, other: Place) =>
  one.length === other.length && one.every((part, index) => part === other[index])

const isSameVerdict = (one: Verdict | undefined, other: Verdict | undefined) =>
  one === other || JSON.stringify(one) === JSON.stringify(other)
