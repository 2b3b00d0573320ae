'use client'

import { useRouter } from 'next/navigation'
import { useAct } from '@/lib/client/acts/use-act'
import type { Action } from '@/lib/domain/actions/action-result'
import { ProblemSummary } from '../form/problem-summary'
import { Button } from '../ui/button'

type WithdrawEnableProps = { enableRequestId: string; withdraw: Action<{ enableRequestId: string }, unknown> }

/** For the one who asked: it was not needed after all. */
export function WithdrawEnable({ enableRequestId, withdraw }: WithdrawEnableProps) {
  const router = useRouter()
  const { act, problem } = useAct(withdraw)

  async function take() {
    const result = await act({ enableRequestId })
    if (result) router.refresh()
  }

  return (
    <div className="flex flex-col gap-3">
      <ProblemSummary problem={problem} />
      <div>
        <Button onClick={take}>Withdraw this request</Button>
      </div>
    </div>
  )
}
