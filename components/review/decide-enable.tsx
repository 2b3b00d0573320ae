'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useAct } from '@/lib/client/acts/use-act'
import type { Action } from '@/lib/domain/actions/action-result'
import type { DecideRequestInput } from '@/lib/domain/reviews/views'
import { ProblemSummary } from '../form/problem-summary'
import { ReasonField } from '../form/reason-field'
import { Button } from '../ui/button'
import { ErrorSummary } from '../ui/error-summary'

type DecideAction = Action<DecideRequestInput, unknown>

type DecideEnableProps = {
  seen: Omit<DecideRequestInput, 'reason'>
  /** What the button does: approve, or approve and enable. */
  approveLabel: string
  rejectLabel: string
  reasonHint: string
  blockedBecause: string | undefined
  approve: DecideAction
  reject: DecideAction
}

const REASON_ID = 'review-reason'

/** A request to enable, or for another policy: the key was compared when it came, so the facts and a reason decide. */
export function DecideEnable(props: DecideEnableProps) {
  const { seen, approveLabel, rejectLabel, blockedBecause, approve, reject } = props
  const router = useRouter()
  const [reason, setReason] = useState('')
  const [error, setError] = useState<string>()
  const enabling = useAct(approve)
  const refusing = useAct(reject)

  async function decide(by: typeof enabling) {
    const missing = reason.trim() ? undefined : 'Give a reason: it stands in the audit log.'
    setError(missing)
    if (missing) return
    const result = await by.act({ ...seen, reason: reason.trim() })
    if (result) router.refresh()
  }

  return (
    <div className="flex flex-col gap-6">
      <ErrorSummary errors={error ? [{ message: error, fieldId: REASON_ID }] : []} />
      <ProblemSummary problem={enabling.problem ?? refusing.problem} fieldIds={{ reason: REASON_ID }} />
      <ReasonField id={REASON_ID} hint={props.reasonHint} value={reason} error={error} onChange={setReason} />
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" disabledReason={blockedBecause} onClick={() => decide(enabling)}>
          {approveLabel}
        </Button>
        <Button onClick={() => decide(refusing)}>{rejectLabel}</Button>
      </div>
    </div>
  )
}
