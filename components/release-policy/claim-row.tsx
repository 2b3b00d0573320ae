import type { ReactNode } from 'react'
import type { PolicyEdit } from '@/lib/client/release-policy/edit-policy'
import type { OutlineCondition } from '@/lib/client/release-policy/policy-outline'
import { TextInput } from '../ui/text-input'
import { KNOWN_CLAIMS_ID } from './known-claims'
import { RemoveButton } from './remove-button'
import { ScalarInput } from './scalar-input'

type ClaimRowProps = {
  name: string
  condition: Extract<OutlineCondition, { kind: 'claim' }>
  verdict: ReactNode
  onEdit: (edit: PolicyEdit) => void
  onRemove: () => void
}

/** One condition: a claim, and what it must equal. */
export function ClaimRow({ name, condition, verdict, onEdit, onRemove }: ClaimRowProps) {
  const { claim, equals, place } = condition
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center gap-2">
        <TextInput
          mono
          className="text-table"
          aria-label={`Claim of ${name}`}
          placeholder="x-ms-…"
          list={KNOWN_CLAIMS_ID}
          value={claim}
          onChange={(event) => onEdit({ edit: 'set-claim', at: place, claim: event.target.value })}
        />
        <RemoveButton name={name} onRemove={onRemove} />
      </div>
      <ScalarInput
        name={name}
        value={equals}
        onChange={(value) => onEdit({ edit: 'set-equals', at: place, equals: value })}
      />
      {verdict}
    </div>
  )
}
