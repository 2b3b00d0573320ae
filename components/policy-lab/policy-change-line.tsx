import type { Condition } from '@/lib/domain/releases/policy'
import type { PolicyChange } from '@/lib/domain/releases/policy-changes'
import { ScalarText } from '../release-policy/scalar-text'
import { Badge } from '../ui/badge'
import type { Tone } from '../ui/tone'

const KINDS = {
  'authority-added': { tone: 'attention', word: 'Authority added' },
  'authority-removed': { tone: 'danger', word: 'Authority removed' },
  'condition-added': { tone: 'information', word: 'Condition added' },
  'condition-removed': { tone: 'attention', word: 'Condition removed' },
  'condition-altered': { tone: 'information', word: 'Condition altered' },
  'group-altered': { tone: 'attention', word: 'Asked otherwise' },
} as const satisfies Record<PolicyChange['kind'], { tone: Tone; word: string }>

export function PolicyChangeLine({ change }: { change: PolicyChange }) {
  const { tone, word } = KINDS[change.kind]
  return (
    <li className="flex flex-wrap gap-x-3 gap-y-1 border-b py-2 text-table">
      <span className="w-40 shrink-0">
        <Badge tone={tone}>{word}</Badge>
      </span>
      <span className="flex min-w-60 flex-1 flex-col gap-0.5">
        <ChangeWords change={change} />
        <span className="break-all font-mono text-text-muted text-xs">{change.authority}</span>
      </span>
    </li>
  )
}

const GROUPS = { allOf: 'all of', anyOf: 'any of' } as const

function ChangeWords({ change }: { change: PolicyChange }) {
  switch (change.kind) {
    case 'condition-altered':
      return (
        <span>
          <code className="break-all font-mono">{change.claim}</code>: <ScalarText value={change.before} /> becomes{' '}
          <ScalarText value={change.after} />
        </span>
      )
    case 'group-altered':
      return (
        <span>
          It asked for {GROUPS[change.before]} its conditions, and now for {GROUPS[change.after]} them.
        </span>
      )
    default:
      return (
        <span>
          <ConditionText condition={change.condition} />
        </span>
      )
  }
}

function ConditionText({ condition }: { condition: Condition }) {
  switch (condition.kind) {
    case 'claim':
      return (
        <>
          <code className="break-all font-mono">{condition.claim}</code> equals <ScalarText value={condition.equals} />
        </>
      )
    case 'unsupported':
      return (
        <>
          <code className="break-all font-mono">{condition.claim}</code> {condition.operator} …
        </>
      )
    case 'allOf':
    case 'anyOf':
      return (
        <>
          {GROUPS[condition.kind]} (
          {condition.conditions.map((each, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts of one fixed condition
            <span key={index}>
              {index > 0 ? ', ' : ''}
              <ConditionText condition={each} />
            </span>
          ))}
          )
        </>
      )
  }
}
