import type { PolicyEdit } from '@/lib/client/release-policy/edit-policy'
import type { GroupKind, OutlineGroup } from '@/lib/client/release-policy/policy-outline'
import { maxPolicyDepth } from '@/lib/domain/releases/policy'
import { Button } from '../ui/button'
import { Segmented } from '../ui/segmented'
import { ConditionItem } from './condition-item'
import type { Verdicts } from './verdicts'

export type ConditionListProps = {
  /** The editor's id, by which fields are found again. */
  editor: string
  /** What it belongs to, as in "authority 1". */
  of: string
  group: OutlineGroup
  /** How many lists it stands in, itself among them. */
  depth: number
  verdicts: Verdicts
  onEdit: (edit: PolicyEdit) => void
}

/** A policy in the wild has ten; whoever pastes thousands must not stop the page. */
const mostShown = 60

/** Of hundreds, those out of sight cost nothing until they are scrolled to. */
const NOT_DRAWN_AFAR = '[contain-intrinsic-size:auto_7rem] [content-visibility:auto]'

const OTHER = { allOf: 'anyOf', anyOf: 'allOf' } as const satisfies Record<GroupKind, GroupKind>

/** The conditions of an authority, or of a group within them, and whether all of them or one must be met. */
export function ConditionList({ editor, of, group, depth, verdicts, onEdit }: ConditionListProps) {
  const inner = depth < maxPolicyDepth ? OTHER[group.group] : null
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
          <li key={condition.at} className={`-mx-1 border-t px-1 py-3 last:border-b ${NOT_DRAWN_AFAR}`}>
            <ConditionItem
              editor={editor}
              name={`condition ${index + 1} of ${of}`}
              condition={condition}
              wrapAs={inner}
              depth={depth}
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
      <div className="flex flex-wrap gap-2">
        <Button
          size="small"
          aria-label={depth === 1 ? undefined : `Add a condition to ${of}`}
          onClick={() => onEdit({ edit: 'add-condition', to: group, claim: '', equals: '' })}
        >
          Add a condition
        </Button>
        {inner ? (
          <Button
            size="small"
            variant="quiet"
            aria-label={`Add a group to ${of}`}
            onClick={() => onEdit({ edit: 'add-group', to: group, group: inner })}
          >
            Add a group
          </Button>
        ) : null}
      </div>
    </div>
  )
}
