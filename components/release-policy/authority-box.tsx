import type { PolicyEdit } from '@/lib/client/release-policy/edit-policy'
import type { OutlineAuthority } from '@/lib/client/release-policy/policy-outline'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { TextInput } from '../ui/text-input'
import { ConditionList } from './condition-list'
import { VerdictMark } from './verdict-mark'
import type { Verdicts } from './verdicts'

type AuthorityBoxProps = {
  /** The editor's id. */
  editor: string
  number: number
  authority: OutlineAuthority
  verdicts: Verdicts
  onEdit: (edit: PolicyEdit) => void
}

/** Whose word is taken, and for what. */
export function AuthorityBox({ editor, number, authority, verdicts, onEdit }: AuthorityBoxProps) {
  const { group } = authority
  return (
    <fieldset aria-label={`Authority ${number}`} className="flex min-w-0 flex-col gap-3 rounded border bg-surface p-4">
      <div className="flex items-end gap-2">
        <div className="min-w-0 flex-1">
          <Field id={`${editor}-${number}-authority`} label={number === 1 ? 'Authority' : `Or authority ${number}`}>
            {(control) => (
              <TextInput
                {...control}
                mono
                className="text-table"
                placeholder="https://…attest.azure.net"
                value={authority.authority}
                onChange={(event) => onEdit({ edit: 'set-authority', of: authority, authority: event.target.value })}
              />
            )}
          </Field>
        </div>
        <Button
          variant="quiet"
          aria-label={`Remove authority ${number}`}
          onClick={() => onEdit({ edit: 'remove', at: authority.place })}
        >
          Remove
        </Button>
      </div>
      <VerdictMark verdict={verdicts.get(authority.at)} />
      {group ? (
        <ConditionList {...{ editor, group, verdicts, onEdit }} of={`authority ${number}`} depth={1} />
      ) : (
        <>
          <p className="text-sm text-text-muted">It asks for nothing yet, and such an authority no vault takes.</p>
          <div>
            <Button
              size="small"
              onClick={() => onEdit({ edit: 'add-condition', to: authority, claim: '', equals: '' })}
            >
              Add a condition
            </Button>
          </div>
        </>
      )}
    </fieldset>
  )
}
