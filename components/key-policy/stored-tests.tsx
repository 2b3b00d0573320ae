'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useAct } from '@/lib/client/acts/use-act'
import type { Action } from '@/lib/domain/actions/action-result'
import { parseReleasePolicy } from '@/lib/domain/releases/parse-policy'
import type { AddPolicyTestInput, KeyPolicyView, StoredTestView } from '@/lib/domain/releases/policy-change-views'
import { ProblemSummary } from '../form/problem-summary'
import { Button } from '../ui/button'
import { AddTestForm } from './add-test-form'
import { TestResults } from './test-results'

type StoredTestsProps = {
  view: Pick<KeyPolicyView, 'connectionId' | 'keyName' | 'held' | 'tests' | 'openRequestId'>
  /** Why the reader may not change them. */
  closed: string | undefined
  add: Action<AddPolicyTestInput, { testId: string }>
  remove: Action<{ testId: string }, unknown>
}

const WAITS = 'A proposal for this key waits, and must pass its tests. Decide it first.'

/** The key's tests against its present policy, and a form for another one. */
export function StoredTests({ view, closed, add, remove }: StoredTestsProps) {
  const router = useRouter()
  const [adding, setAdding] = useState(false)
  const removing = useAct(remove)
  const read = parseReleasePolicy(view.held?.text ?? '')

  async function takeAway({ id }: StoredTestView) {
    const answer = await removing.act({ testId: id })
    if (answer?.ok) router.refresh()
  }

  return (
    <div className="flex min-w-0 flex-col gap-4">
      <ProblemSummary problem={removing.problem} />
      {view.tests.length > 0 ? (
        <TestResults
          label="Tests under the present policy"
          tests={view.tests}
          policy={read.ok ? read.value : null}
          acts={(stored) => (
            <Button
              size="small"
              variant="quiet"
              aria-label={`Remove the test ${stored.test.name}`}
              disabledReason={closed ?? (view.openRequestId ? WAITS : undefined)}
              onClick={() => takeAway(stored)}
            >
              Remove
            </Button>
          )}
        />
      ) : (
        <p className="max-w-prose text-sm text-text-muted">
          No tests yet. A test is a token with what the policy must say to it: one that is let in today, and one of a
          debuggable environment that never may be.
        </p>
      )}
      {adding ? (
        <AddTestForm
          address={{ connectionId: view.connectionId, keyName: view.keyName }}
          add={add}
          onDone={() => {
            setAdding(false)
            router.refresh()
          }}
          onCancel={() => setAdding(false)}
        />
      ) : (
        <div>
          <Button disabledReason={closed} onClick={() => setAdding(true)}>
            Add a test
          </Button>
        </div>
      )}
    </div>
  )
}
