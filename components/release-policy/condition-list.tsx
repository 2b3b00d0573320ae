import type { PolicyEdit } from '@/lib/client/release-policy/edit-policy'
import type { OutlineCondition, OutlineGroup } from '@/lib/client/release-policy/policy-outline'
import { Button } from '../ui/button'
import { Segmented } from '../ui/segmented'
import { ClaimRow } from './claim-row'
import { RemoveButton } from './remove-button'
import { VerdictMark } from './verdict-mark'
import type { Verdicts } from './verdicts'

type ConditionListProps = {
  id: string
  /** What it belongs to, as in "authority 1". */
  of: string
  group: OutlineGroup
  verdicts: Verdicts
  onEdit: (edit: PolicyEdit) => void
}

/** A policy in the wild has ten; whoever pastes thousands must not stop the page. */
const mostShown = 60

/** The conditions of an authority, or of a group within them, and whether all of them or one must be met. */
export function ConditionList({ id, of, group, verdicts, onEdit }: ConditionListProps) {
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <div className="max-w-64">
        <Segmented
          label={`What ${of} must attest`}
          value={group.group}
          options={[
            { value: 'allOf', label: 'All of these' },
            { value: 'anyOf', label: 'Any of these' },
          ]}
          onChange={(kind) => onEdit({ edit: 'set-group', of: group, group: kind })}
        />
      </div>
      <ol aria-label={`Conditions of ${of}`} className="flex flex-col">
        {group.conditions.slice(0, mostShown).map((condition, index) => (
          <li key={condition.at} className="border-t py-3 last:border-b">
            <ConditionItem
              id={`${id}-${index}`}
              name={`condition ${index + 1} of ${of}`}
              condition={condition}
              verdicts={verdicts}
              onEdit={onEdit}
            />
          </li>
        ))}
      </ol>
      {group.conditions.length > mostShown ? (
        <p className="text-sm text-text-muted">
          {group.conditions.length - mostShown} more conditions stand in the JSON alone.
        </p>
      ) : null}
    </div>
  )
}

type ConditionItemProps = {
  id: string
  name: string
  condition: OutlineCondition
  verdicts: Verdicts
  onEdit: (edit: PolicyEdit) => void
}

function ConditionItem({ id, name, condition, verdicts, onEdit }: ConditionItemProps) {
  const verdict = <VerdictMark verdict={verdicts.get(condition.at)} />
  const remove = () => onEdit({ edit: 'remove', at: condition.place })
  switch (condition.kind) {
    case 'claim':
      return <ClaimRow name={name} condition={condition} verdict={verdict} onEdit={onEdit} onRemove={remove} />
    case 'fixed':
      return (
        <div className="flex flex-wrap items-start justify-between gap-2">
          <div className="flex min-w-0 flex-1 flex-col gap-1">
            <code className="break-all font-mono text-table">{condition.text}</code>
            <span className="text-table text-text-muted">Only its JSON can be changed.</span>
            {verdict}
          </div>
          <RemoveButton name={name} onRemove={remove} />
        </div>
      )
    case 'group':
      return (
        <div className="flex flex-col gap-3 border-l-2 pl-4">
          <div className="flex items-start justify-between gap-2">
            <div className="flex flex-col gap-1">
              <span className="font-medium text-table">Conditions within this one</span>
              {verdict}
            </div>
            <RemoveButton name={name} onRemove={remove} />
          </div>
          <ConditionList id={id} of={name} group={condition} verdicts={verdicts} onEdit={onEdit} />
          <div>
            <Button
              size="small"
              onClick={() => onEdit({ edit: 'add-condition', to: condition, claim: '', equals: '' })}
            >
              Add a condition to {name}
            </Button>
          </div>
        </div>
      )
  }
}
