import type { PolicyApplied } from '@/lib/domain/releases/history/evaluation-views'
import { indentedPolicy } from '@/lib/domain/releases/indented-policy'
import { CodeBlock } from '../ui/code-block'
import { DateTime } from '../ui/date-time'
import { Disclosure } from '../ui/disclosure'
import { PolicyTrace } from './policy-trace'

/** The policy that held, and what it makes of the token, claim by claim. */
export function PolicyAppliedView({ policy }: { policy: PolicyApplied }) {
  const { text, seenFrom, seenTo, trace, actual } = policy
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {trace ? (
        <PolicyTrace trace={trace} actualOf={(claim) => (Object.hasOwn(actual, claim) ? actual[claim] : undefined)} />
      ) : (
        <p className="max-w-prose text-sm">The policy can not be read, so it lets nobody in.</p>
      )}
      <p className="max-w-prose text-sm text-text-muted">
        Seen at the vault from <DateTime value={seenFrom} relative="none" withSeconds /> to{' '}
        <DateTime value={seenTo} relative="none" withSeconds />.
      </p>
      <Disclosure summary="The policy as JSON">
        <CodeBlock label="Release policy" code={indentedPolicy(text)} />
      </Disclosure>
    </div>
  )
}
