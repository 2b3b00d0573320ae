'use client'

import type { PolicyEdit } from '@/lib/client/release-policy/edit-policy'
import type { OutlineProblem } from '@/lib/client/release-policy/outline-problem'
import type { PolicyOutline } from '@/lib/client/release-policy/policy-outline'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { AuthorityBox } from './authority-box'
import type { Verdicts } from './verdicts'

type PolicyOutlineViewProps = {
  id: string
  outline: PolicyOutline
  problem: OutlineProblem | null
  verdicts: Verdicts
  tokenName: string | null
  onEdit: (edit: PolicyEdit) => void
  onReturn: () => void
}

/** Whoever pastes thousands must not stop the page. */
const mostShown = 60

/** Buttons look as still as the fields do while nothing can be changed. */
const STOPPED =
  'disabled:[&_button]:cursor-not-allowed disabled:[&_button]:border-line disabled:[&_button]:bg-sunken disabled:[&_button]:text-text-muted'

/** The policy as authorities and conditions. While its JSON can't be read it shows what it last could, and changes nothing. */
export function PolicyOutlineView(props: PolicyOutlineViewProps) {
  const { id, outline, problem, verdicts, tokenName, onEdit, onReturn } = props
  return (
    <section aria-labelledby={id} className="flex min-w-0 flex-col gap-3">
      <p id={id} tabIndex={-1} className="font-medium text-sm">
        Conditions
        {tokenName === null ? null : (
          <span className="font-normal text-text-muted"> and what “{tokenName}” makes of them</span>
        )}
      </p>
      {problem ? (
        <Banner
          tone="attention"
          title="The JSON can’t be shown here as it stands"
          actions={
            <Button size="small" onClick={onReturn}>
              Go back to these
            </Button>
          }
        >
          These are the conditions that it had before. Mend the JSON, or go back to them; what is typed is kept.
        </Banner>
      ) : null}
      <fieldset
        disabled={problem !== null}
        aria-label="Conditions"
        className={`flex min-w-0 flex-col gap-4 ${STOPPED}`}
      >
        {outline.authorities.length === 0 ? (
          <p className="border-y border-dashed px-2 py-6 text-sm text-text-muted">
            No authority yet: the key goes nowhere. Take a template, or add the attestation authority whose word is
            taken.
          </p>
        ) : null}
        {outline.authorities.slice(0, mostShown).map((authority, index) => (
          <AuthorityBox
            key={authority.at}
            editor={id}
            number={index + 1}
            authority={authority}
            verdicts={verdicts}
            onEdit={onEdit}
          />
        ))}
        {outline.authorities.length > mostShown ? (
          <p className="text-sm text-text-muted">
            {outline.authorities.length - mostShown} more authorities stand in the JSON alone.
          </p>
        ) : null}
        <div>
          <Button
            size="small"
            onClick={() => onEdit({ edit: 'add-authority', authority: '', conditions: [{ claim: '', equals: '' }] })}
          >
            {outline.authorities.length === 0 ? 'Add an authority' : 'Add another authority'}
          </Button>
        </div>
      </fieldset>
    </section>
  )
}
