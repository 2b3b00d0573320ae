'use client'

import { useState } from 'react'
import { problemWords, useAct } from '@/lib/client/acts/use-act'
import type { PolicyView } from '@/lib/domain/connections/policy-view'
import { checkPolicy, MOST_APPROVALS } from '@/lib/domain/reviews/approval-policy'
import { READ_BY_TWO, ReasonField } from '../form/reason-field'
import { Banner } from '../ui/banner'
import { CheckboxGroup } from '../ui/choice-group'
import { ConfirmDialog } from '../ui/confirm-dialog'
import { Field } from '../ui/field'
import { Select } from '../ui/select'
import type { ProposePolicyAction } from './propose-policy'

type ProposePolicyDialogProps = {
  vault: { id: string; name: string }
  policy: PolicyView
  action: ProposePolicyAction
  onClose: () => void
  onDone: () => void
}

const COUNTS = Array.from({ length: MOST_APPROVALS }, (_, index) => index + 1)

/** Number, names and reason; says at once whether the people there are can meet it. */
export default function ProposePolicyDialog({ vault, policy, action, onClose, onDone }: ProposePolicyDialogProps) {
  const { act, problem } = useAct(action)
  const [wish, setWish] = useState({ required: policy.required, approverIds: policy.approverIds, reason: '' })
  const { required, approverIds, reason } = wish
  const approvers = policy.people.filter(({ isApprover }) => isApprover)
  const finding = checkPolicy({ required, approverIds }, policy.people)

  async function confirm() {
    const input = { connectionId: vault.id, approvalsRequired: required, approverIds, reason: reason.trim() }
    const answer = await act(input)
    if (answer?.ok) onDone()
  }

  function toggle(id: string, named: boolean) {
    setWish({ ...wish, approverIds: named ? [...approverIds, id] : approverIds.filter((other) => other !== id) })
  }

  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`Propose who approves for ${vault.name}`}
      consequence={
        <p className="text-sm">
          Another administrator confirms it. From then on it holds for every review of this vault, those that wait
          included.
        </p>
      }
      confirmLabel="Propose this policy"
      danger={false}
      disabledReason={blockedBecause(finding, reason)}
      error={problem ? problemWords(problem) : undefined}
      onConfirm={confirm}
    >
      <Field id="policy-required" label="Approvals needed">
        {(control) => (
          <Select
            {...control}
            value={String(required)}
            onChange={(event) => setWish({ ...wish, required: Number(event.target.value) })}
            options={COUNTS.map((count) => ({ value: String(count), label: String(count) }))}
          />
        )}
      </Field>
      <CheckboxGroup
        id="policy-approvers"
        legend="Only these approve"
        hint="Tick nobody, and every approver counts."
        name="approvers"
        value={approverIds}
        onChange={(event) => toggle(event.target.value, event.target.checked)}
        options={approvers.map(({ id, name, isCustodian }) => ({
          value: id,
          label: name,
          hint: isCustodian ? 'Imports too; never approves an import of their own.' : undefined,
        }))}
      />
      <div role="status">
        {finding.verdict === 'fits' ? null : (
          <Banner tone={finding.verdict === 'refuse' ? 'danger' : 'attention'} title={finding.because} />
        )}
      </div>
      <ReasonField
        id="policy-reason"
        hint={READ_BY_TWO}
        most={500}
        value={reason}
        onChange={(said) => setWish({ ...wish, reason: said })}
      />
    </ConfirmDialog>
  )
}

function blockedBecause(finding: ReturnType<typeof checkPolicy>, reason: string): string | undefined {
  if (finding.verdict === 'refuse') return finding.because
  return reason.trim().length < 3 ? 'Give a reason first.' : undefined
}
