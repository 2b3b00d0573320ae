'use client'

import { useRouter } from 'next/navigation'
import { problemWords, useAct } from '@/lib/client/acts/use-act'
import type { Action } from '@/lib/domain/actions/action-result'
import { Button } from '../ui/button'

type EndOtherSessionsProps = { end: Action<Record<string, never>, unknown>; others: number }

/** One click against a device that was lost. */
export function EndOtherSessions({ end, others }: EndOtherSessionsProps) {
  const router = useRouter()
  const { act, problem } = useAct(end)

  async function endAll() {
    await act({})
    router.refresh()
  }

  return (
    <div className="flex flex-wrap items-center gap-3">
      <span role="alert" className="text-danger text-sm">
        {problem ? problemWords(problem) : null}
      </span>
      <Button disabledReason={others === 0 ? 'This is the only session.' : undefined} onClick={endAll}>
        End all others
      </Button>
    </div>
  )
}
