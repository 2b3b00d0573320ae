import { parseReleasePolicy } from '@/lib/domain/releases/parse-policy'
import type { StoredTestView } from '@/lib/domain/releases/policy-change-views'
import { policyDifference } from '@/lib/domain/releases/policy-difference'
import { describeProblem } from '@/lib/domain/releases/policy-problem'
import { PolicyDifferenceView } from '../policy-lab/policy-difference-view'
import { TestResults } from './test-results'

const NO_TESTS = 'This key has no policy tests: nobody can say which environments gain and which lose.'

type WhatWouldChangeProps = { before: string; after: string; tests: readonly StoredTestView[] }

/** One policy in place of another: which conditions differ, which tests' tokens gain and lose, and which tests pass. */
export function WhatWouldChange({ before, after, tests }: WhatWouldChangeProps) {
  const [was, is] = [parseReleasePolicy(before), parseReleasePolicy(after)]
  return (
    <div className="flex min-w-0 flex-col gap-6">
      {!is.ok ? (
        <p role="status" className="max-w-prose text-sm text-text-muted">
          The proposed policy can’t be read yet. {describeProblem(is.error)}
        </p>
      ) : was.ok ? (
        <PolicyDifferenceView
          difference={policyDifference(
            was.value,
            is.value,
            tests.map(({ test }) => test),
          )}
          withoutTokens={NO_TESTS}
        />
      ) : (
        <p className="max-w-prose text-sm text-text-muted">
          The key’s present policy can’t be read, so nobody can say what would change. {describeProblem(was.error)}
        </p>
      )}
      {tests.length > 0 ? (
        <TestResults label="Tests under the proposed policy" tests={tests} policy={is.ok ? is.value : null} />
      ) : null}
    </div>
  )
}
