'use client'

import { memo } from 'react'
import { readWholePolicy } from '@/lib/client/release-policy/read-whole-policy'
import { policyDifference } from '@/lib/domain/releases/policy-difference'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { Section } from '../ui/section'
import { TextArea } from '../ui/text-area'
import { PolicyDifferenceView } from './policy-difference-view'
import type { PolicyLabState } from './use-policy-lab'

type ComparePoliciesProps = Pick<PolicyLabState, 'policy' | 'other' | 'tokens' | 'send'> & { policyNow: () => string }

/** What the lab's policy would change, put in the place of another. */
export const ComparePolicies = memo(function ComparePolicies(props: ComparePoliciesProps) {
  const { policy, policyNow, other, tokens, send } = props
  const [before, after] = [readWholePolicy(other), readWholePolicy(policy)]
  const isGiven = other.trim() !== ''
  const named = tokens.flatMap(({ name, read }) => (read.ok ? [{ name, ...read.value }] : []))
  const setOther = (text: string) => send({ type: 'typed', field: 'other', text })
  return (
    <Section
      id="lab-compare"
      title="What would change"
      lead="The policy above in place of another: which tokens gain, which lose, and which conditions decide it."
      actions={
        <Button
          size="small"
          disabledReason={policy.trim() === '' ? 'There is no policy above yet.' : undefined}
          onClick={() => setOther(policyNow())}
        >
          Keep the policy above as it is now
        </Button>
      }
    >
      <div className="grid gap-x-8 gap-y-4 xl:grid-cols-2">
        <Field
          id="lab-other"
          label="The policy that is in force, as JSON"
          error={isGiven && !before.ok ? before.error : undefined}
        >
          {(control) => (
            <TextArea
              {...control}
              mono
              rows={isGiven ? 16 : 5}
              value={other}
              onChange={(event) => setOther(event.target.value)}
            />
          )}
        </Field>
        {isGiven && before.ok && !after.ok ? (
          <p className="text-sm text-text-muted">The policy above is none yet: {after.error}</p>
        ) : null}
        {isGiven && before.ok && after.ok ? (
          <PolicyDifferenceView difference={policyDifference(before.value, after.value, named)} />
        ) : null}
      </div>
    </Section>
  )
})
