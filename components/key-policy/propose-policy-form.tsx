'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, lazy, Suspense, useState } from 'react'
import { useAct } from '@/lib/client/acts/use-act'
import type { Action } from '@/lib/domain/actions/action-result'
import { indentedPolicy } from '@/lib/domain/releases/indented-policy'
import type { KeyPolicyView, ProposePolicyInput } from '@/lib/domain/releases/policy-change-views'
import { routes } from '@/lib/routes'
import { ProblemSummary } from '../form/problem-summary'
import { ReasonField } from '../form/reason-field'
import { useLeaveGuard } from '../form/use-leave-guard'
import { ErrorSummary } from '../ui/error-summary'
import { Skeleton } from '../ui/skeleton'
import { SubmitButton } from '../ui/submit-button'
import { ImmutableChoice } from './immutable-choice'
import { WhatWouldChange } from './what-would-change'

const PolicyEditor = lazy(() => import('../release-policy/policy-editor'))

type ProposePolicyProps = {
  view: Pick<KeyPolicyView, 'connectionId' | 'keyName' | 'held' | 'tests'>
  propose: Action<ProposePolicyInput, { requestId: string }>
}

const IDS = { policyText: 'policy-text', typedName: 'policy-typed-name', reason: 'policy-reason' } as const

/** Another policy for the key: written here, read by another officer beside the present one, and set only then. */
export function ProposePolicyForm({ view, propose }: ProposePolicyProps) {
  const router = useRouter()
  const { act, pending, problem } = useAct(propose)
  const [present] = useState(() => indentedPolicy(view.held?.text ?? ''))
  const [policyText, setPolicyText] = useState(present)
  const [immutable, setImmutable] = useState(false)
  const [typedName, setTypedName] = useState('')
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState<string>()
  const wrong = problem?.fields ?? {}
  useLeaveGuard(policyText !== present, 'The policy that you wrote is only in this tab. Leave it?')

  async function submit(event: FormEvent) {
    event.preventDefault()
    setMissing(
      reason.trim() === '' ? 'Give a reason: the reviewer reads it, and it stands in the audit log.' : undefined,
    )
    if (reason.trim() === '') return
    const { connectionId, keyName: name } = view
    const answer = await act({ connectionId, name, policyText, immutable, typedName, reason: reason.trim() })
    if (answer?.ok) router.push(routes.policyReview(answer.value.requestId))
  }

  return (
    <form noValidate onSubmit={submit} className="flex min-w-0 flex-col gap-8">
      {missing ? (
        <ErrorSummary errors={[{ message: missing, fieldId: IDS.reason }]} />
      ) : (
        <ProblemSummary problem={problem} fieldIds={IDS} />
      )}
      <Suspense fallback={<Skeleton className="h-96" />}>
        <PolicyEditor id={IDS.policyText} value={policyText} onChange={setPolicyText} error={wrong.policyText} />
      </Suspense>
      <WhatWouldChange before={view.held?.text ?? ''} after={policyText} tests={view.tests} />
      <ImmutableChoice
        id={IDS.typedName}
        keyName={view.keyName}
        immutable={immutable}
        typedName={typedName}
        error={wrong.typedName}
        onImmutable={setImmutable}
        onTypedName={setTypedName}
      />
      <ReasonField
        id={IDS.reason}
        hint="The reviewer reads it beside both policies, and it stands in the audit log for good."
        value={reason}
        error={missing ?? wrong.reason}
        onChange={setReason}
      />
      <div>
        <SubmitButton busy={pending}>Propose this policy</SubmitButton>
      </div>
    </form>
  )
}
