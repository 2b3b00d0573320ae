'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { useAct } from '@/lib/client/acts/use-act'
import type { Action } from '@/lib/domain/actions/action-result'
import type { DecideInput } from '@/lib/domain/reviews/views'
import { ProblemSummary } from '../form/problem-summary'
import { ReasonField } from '../form/reason-field'
import { Button } from '../ui/button'
import { ErrorSummary } from '../ui/error-summary'
import { CheckValueWindow } from './check-value-window'
import { DECIDE_IDS, type DecideErrors, type DecideForm, decideErrors, expectedOf } from './decide-form'
import { ExpectedValueInput } from './expected-value-input'
import { RejectDialog } from './reject-dialog'

type DecideAction = Action<DecideInput, unknown>

export type DecideImportProps = {
  seen: { importId: string; revision: number; frozenSha256: string }
  keyName: string
  symmetric: boolean
  addedToExistingName: boolean
  /** What the button does: approve, or approve and enable. */
  approveLabel: string
  /** Why enabling is closed now, though the review is open: unread, changed, or approved by the reader already. */
  enableBlockedBecause: string | undefined
  approve: DecideAction
  reject: DecideAction
}

export function DecideImport(props: DecideImportProps) {
  const { seen, symmetric, approve, reject, keyName } = props
  const router = useRouter()
  const [form, setForm] = useState<DecideForm>({ given: null, value: null, reason: '' })
  const [errors, setErrors] = useState<DecideErrors>({})
  const [rejecting, setRejecting] = useState(false)
  const enabling = useAct(approve)
  const refusing = useAct(reject)

  /** Undefined: something is missing, and said. */
  function check(act: 'enable' | 'reject'): DecideInput | undefined {
    const found = decideErrors(form, act, symmetric)
    setErrors(found)
    if (Object.keys(found).length > 0) return undefined
    return { ...seen, reason: form.reason.trim(), expected: act === 'enable' ? expectedOf(form.given) : null }
  }

  async function enable(event: FormEvent) {
    event.preventDefault()
    if (props.enableBlockedBecause) return
    const input = check('enable')
    if (!input) return
    const result = await enabling.act(input)
    // Whatever the answer, the page shows the state as it is now: substituted, enabled, or still waiting.
    if (result) router.refresh()
  }

  async function confirmReject() {
    const input = check('reject')
    const result = input && (await refusing.act(input))
    setRejecting(false)
    if (result) router.refresh()
  }

  return (
    <form noValidate onSubmit={enable} className="flex flex-col gap-6">
      <ErrorSummary
        errors={Object.entries(errors).map(([field, message]) => ({
          message,
          // Keys of DecideErrors are those of DECIDE_IDS.
          fieldId: DECIDE_IDS[field as keyof typeof DECIDE_IDS],
        }))}
      />
      <ProblemSummary problem={enabling.problem ?? refusing.problem} fieldIds={DECIDE_IDS} />
      <ExpectedValueInput
        id={DECIDE_IDS.expected}
        symmetric={symmetric}
        error={errors.expected}
        onGiven={(given, value) => setForm((before) => ({ ...before, given, value }))}
      />
      <ReasonField
        id={DECIDE_IDS.reason}
        hint="It stands in the audit log and the ceremony record, for good."
        error={errors.reason}
        value={form.reason}
        onChange={(reason) => setForm((before) => ({ ...before, reason }))}
      />
      {symmetric ? <CheckValueWindow /> : null}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" busy={enabling.pending} disabledReason={props.enableBlockedBecause}>
          {props.approveLabel}
        </Button>
        <Button busy={refusing.pending} onClick={() => (check('reject') ? setRejecting(true) : undefined)}>
          Reject…
        </Button>
      </div>
      <RejectDialog
        open={rejecting}
        keyName={keyName}
        addedToExistingName={props.addedToExistingName}
        onClose={() => setRejecting(false)}
        onConfirm={confirmReject}
      />
    </form>
  )
}
