import type { GroupKind, OutlineCondition } from '@/lib/client/release-policy/policy-outline'
import { Button } from '../ui/button'
import { ClaimRow } from './claim-row'
import { ConditionList, type ConditionListProps } from './condition-list'
import { RemoveButton } from './remove-button'
import { VerdictMark } from './verdict-mark'

type ConditionItemProps = Omit<ConditionListProps, 'of' | 'group'> & {
  name: string
  condition: OutlineCondition
  wrapAs: GroupKind | null
}

/** A condition: a claim, something that the editor can only take away, or a group. `depth` is of the list that it stands in. */
export function ConditionItem({ name, condition, wrapAs, depth, ...list }: ConditionItemProps) {
  const { editor, verdicts, onEdit } = list
  const verdict = verdicts.get(condition.at)
  const remove = () => onEdit({ edit: 'remove', at: condition.place })
  switch (condition.kind) {
    case 'claim':
      return <ClaimRow {...{ editor, name, condition, verdict, wrapAs, onEdit }} />
    case 'fixed':
      return (
        <div className="flex flex-wrap items-start justify-between gap-2">
          <div className="flex min-w-0 flex-1 flex-col gap-1">
            <code className="break-all font-mono text-table">{condition.text}</code>
            <span className="text-table text-text-muted">Only its JSON can be changed.</span>
            <VerdictMark verdict={verdict} />
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
              <VerdictMark verdict={verdict} />
            </div>
            <div className="flex flex-wrap justify-end gap-2">
              <Button
                variant="quiet"
                size="small"
                aria-label={`Dissolve ${name}`}
                onClick={() => onEdit({ edit: 'dissolve', of: condition })}
              >
                Dissolve
              </Button>
              <RemoveButton name={name} onRemove={remove} />
            </div>
          </div>
          <ConditionList {...list} of={name} group={condition} depth={depth + 1} />
        </div>
      )
  }
}
