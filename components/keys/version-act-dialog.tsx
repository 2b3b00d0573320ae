'use client'

import { type ReactNode, useState } from 'react'
import { problemWords, useAct } from '@/lib/client/acts/use-act'
import type { Action } from '@/lib/domain/actions/action-result'
import { ReasonField } from '../form/reason-field'
import { ConfirmDialog } from '../ui/confirm-dialog'
import type { VersionActInput } from './version-act-buttons'
import { CompromisedConsequence, DisableConsequence, EnableConsequence, UnmarkConsequence } from './version-act-words'
import type { VersionAct } from './version-acts'
import { shortVersion } from './version-words'

export type ActTarget = Omit<VersionActInput, 'reason'> & { isLatest: boolean; isKek: boolean; enabled: boolean }

type VersionActDialogProps = {
  act: VersionAct
  target: ActTarget
  action: Action<VersionActInput, unknown>
  onClose: () => void
  onDone: () => void
}

type Words = { title: string; confirm: string; danger: boolean; consequence: (target: ActTarget) => ReactNode }

const words = {
  disable: {
    title: 'Disable',
    confirm: 'Disable version',
    danger: true,
    consequence: (target) => <DisableConsequence target={target} />,
  },
  compromised: {
    title: 'Mark compromised:',
    confirm: 'Mark version compromised',
    danger: true,
    consequence: (target) => <CompromisedConsequence target={target} />,
  },
  enable: {
    title: 'Request enabling:',
    confirm: 'Send the request',
    danger: false,
    consequence: () => <EnableConsequence />,
  },
  unmark: {
    title: 'Take the mark “compromised” back:',
    confirm: 'Propose it',
    danger: false,
    consequence: () => <UnmarkConsequence />,
  },
} satisfies Record<VersionAct, Words>

/** Names the exact version, says what will be true afterwards, and asks for the reason. */
export default function VersionActDialog({ act, target, action, onClose, onDone }: VersionActDialogProps) {
  const { act: send, problem } = useAct(action)
  const [reason, setReason] = useState('')
  const { title, confirm, danger, consequence } = words[act]
  const { connectionId, name, version } = target

  async function go() {
    const answer = await send({ connectionId, name, version, reason: reason.trim() })
    if (answer?.ok) onDone()
  }

  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={`${title} ${name}, version ${shortVersion(version)}`}
      consequence={consequence(target)}
      confirmLabel={confirm}
      danger={danger}
      disabledReason={reason.trim().length < 3 ? 'Give a reason first.' : undefined}
      error={problem ? problemWords(problem) : undefined}
      onConfirm={go}
    >
      <ReasonField
        id="act-reason"
        most={500}
        hint="Stands in the audit log and on the next review. No secrets and no key material."
        error={problem?.fields?.reason}
        value={reason}
        onChange={setReason}
      />
    </ConfirmDialog>
  )
}
