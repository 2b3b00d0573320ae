'use client'

import { useRouter } from 'next/navigation'
import { useRef, useState } from 'react'
import { useAct } from '@/lib/client/acts/use-act'
import { type InvitationToken, newInvitationToken } from '@/lib/client/people/invitation-token'
import type { Action } from '@/lib/domain/actions/action-result'
import type { ProposalDocument } from '@/lib/domain/proposals/views'
import { ProblemSummary } from '../form/problem-summary'
import { ReasonField } from '../form/reason-field'
import { Button } from '../ui/button'
import { ErrorSummary } from '../ui/error-summary'
import { InvitationLink } from './invitation-link'

type Seen = { proposalId: string; revision: number; frozenSha256: string }

export type ProposalActions = {
  confirm: Action<Seen & { reason: string; invitationSha256: string | null }, unknown>
  refuse: Action<Seen & { reason: string }, unknown>
  withdraw: Action<Seen, unknown>
}

type DecideProposalProps = {
  proposal: Pick<
    ProposalDocument,
    'id' | 'revision' | 'frozenSha256' | 'status' | 'own' | 'cannotConfirm' | 'blockedBecause' | 'makesInvitation'
  >
  /** Why this reader can't refuse it; undefined when they can. */
  cannotRefuse: string | undefined
  actions: ProposalActions
}

const REASON_ID = 'decision-reason'

/** Confirm or refuse with a reason, or take one's own back. After a confirmation it shows the invitation, once. */
export function DecideProposal({ proposal, cannotRefuse, actions }: DecideProposalProps) {
  const router = useRouter()
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const [invitation, setInvitation] = useState<string>()
  const made = useRef<InvitationToken>(undefined)
  const confirming = useAct(actions.confirm)
  const refusing = useAct(actions.refuse)
  const withdrawing = useAct(actions.withdraw)
  const seen = { proposalId: proposal.id, revision: proposal.revision, frozenSha256: proposal.frozenSha256 }

  function reasonGiven(): boolean {
    setMissing(reason.trim() === '')
    return reason.trim() !== ''
  }

  async function confirm() {
    if (!reasonGiven()) return
    // Kept over a lost answer: the very same call is sent again.
    if (proposal.makesInvitation) made.current ??= await newInvitationToken()
    const answer = await confirming.act({
      ...seen,
      reason: reason.trim(),
      invitationSha256: made.current?.sha256 ?? null,
    })
    if (!answer?.ok) return
    setInvitation(made.current?.token)
    router.refresh()
  }

  async function refuse() {
    if (!reasonGiven()) return
    if ((await refusing.act({ ...seen, reason: reason.trim() }))?.ok) router.refresh()
  }

  async function withdraw() {
    if ((await withdrawing.act(seen))?.ok) router.refresh()
  }

  if (invitation) return <InvitationLink token={invitation} />
  if (proposal.status !== 'waiting' && proposal.status !== 'lapsed') return null
  const closed = proposal.cannotConfirm ?? proposal.blockedBecause ?? undefined
  const problem = confirming.problem ?? refusing.problem ?? withdrawing.problem
  return (
    <div className="flex flex-col gap-5">
      <ErrorSummary
        errors={missing ? [{ message: 'Give a reason: it stands in the audit log.', fieldId: REASON_ID }] : []}
      />
      <ProblemSummary problem={problem} fieldIds={{ reason: REASON_ID }} />
      {closed && cannotRefuse ? null : (
        <ReasonField
          id={REASON_ID}
          hint="It stands in the audit log, for good."
          error={missing ? 'Give a reason.' : undefined}
          value={reason}
          onChange={setReason}
        />
      )}
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" disabledReason={closed} onClick={confirm}>
          Confirm this proposal
        </Button>
        {proposal.own ? (
          <Button onClick={withdraw}>Withdraw it</Button>
        ) : (
          <Button disabledReason={cannotRefuse} onClick={refuse}>
            Refuse it
          </Button>
        )}
      </div>
    </div>
  )
}
