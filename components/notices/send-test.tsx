'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useAct } from '@/lib/client/acts/use-act'
import type { Action } from '@/lib/domain/actions/action-result'
import { CHANNEL_WORDS, DELIVERY_ERROR_WORDS } from '@/lib/domain/notifications/delivery'
import type { TestOutcome } from '@/lib/domain/notifications/views'
import { ProblemSummary } from '../form/problem-summary'
import { Badge } from '../ui/badge'
import { Button } from '../ui/button'

type SendTestProps = {
  send: Action<Record<string, never>, { outcomes: TestOutcome[] }>
  /** Why this reader may not. */
  closed: string | undefined
}

/** One test to oneself by every way out; how each went is answered here, for nobody learns it from a mail that did not come. */
export function SendTest({ send, closed }: SendTestProps) {
  const router = useRouter()
  const { act, pending, problem } = useAct(send)
  const [outcomes, setOutcomes] = useState<readonly TestOutcome[]>([])

  async function run() {
    setOutcomes([])
    const result = await act({})
    if (!result?.ok) return
    setOutcomes(result.value.outcomes)
    router.refresh()
  }

  return (
    <div className="flex flex-col gap-3">
      <ProblemSummary problem={problem} />
      <div>
        <Button onClick={run} busy={pending} disabledReason={closed}>
          Send a test
        </Button>
      </div>
      <div role="status" className="flex flex-col gap-2 empty:hidden">
        {outcomes.map((outcome) => (
          <Outcome key={outcome.channel} outcome={outcome} />
        ))}
      </div>
    </div>
  )
}

function Outcome({ outcome: { channel, error } }: { outcome: TestOutcome }) {
  return (
    <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-sm">
      <Badge tone={error ? 'danger' : 'good'}>{CHANNEL_WORDS[channel]}</Badge>
      {error ? DELIVERY_ERROR_WORDS[error] : 'The test was taken on by the other side.'}
    </p>
  )
}
