'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { problemWords, useAct } from '@/lib/client/acts/use-act'
import { routes } from '@/lib/routes'
import { ReasonField } from '../form/reason-field'
import { Banner } from '../ui/banner'
import { Checkbox } from '../ui/choice'
import { ConfirmDialog } from '../ui/confirm-dialog'
import type { AccountAct, AccountActions } from './account-acts'

type AccountActDialogProps = {
  act: AccountAct
  person: { id: string; name: string; leavesOneAdministrator: boolean }
  actions: AccountActions
  onClose: () => void
}

const WORDS = {
  disable: {
    title: (name: string) => `Close the account of ${name}`,
    consequence: 'Every session ends at once and they can’t sign in. To open it again takes two administrators.',
    label: 'Close this account',
  },
  enable: {
    title: (name: string) => `Propose to open the account of ${name} again`,
    consequence:
      'Another administrator confirms it. They sign in as before, and decide nothing that was submitted until then.',
    label: 'Propose it',
  },
  invite: {
    title: (name: string) => `Propose a new invitation for ${name}`,
    consequence:
      'For a password that was forgotten or may be known. Once another administrator confirms, the old one is gone, every session ends, and the person sets another by a one-time link.',
    label: 'Propose it',
  },
  resetPasskeys: {
    title: (name: string) => `Propose to take the passkeys of ${name} away`,
    consequence:
      'For passkeys that were lost. Once another administrator confirms, every session ends, and their password alone opens the account until they register another passkey. Hear from them by another way first that it is they who ask.',
    label: 'Propose it',
  },
} as const satisfies Record<AccountAct, { title: (name: string) => string; consequence: string; label: string }>

/** What will be true afterwards, and why it is asked for. */
export default function AccountActDialog({ act, person, actions, onClose }: AccountActDialogProps) {
  const router = useRouter()
  const [reason, setReason] = useState('')
  const [acknowledged, setAcknowledged] = useState(false)
  const disabling = useAct(actions.disable)
  const proposing = useAct(act === 'disable' ? actions.enable : actions[act])
  const words = WORDS[act]
  const warned = act === 'disable' && person.leavesOneAdministrator
  const problem = disabling.problem ?? proposing.problem

  async function confirm() {
    const about = { personId: person.id, reason: reason.trim() }
    if (act === 'disable') {
      const closed = await disabling.act({ ...about, acknowledged })
      if (!closed?.ok) return
      onClose()
      router.refresh()
      return
    }
    const proposed = await proposing.act(about)
    if (proposed?.ok) router.push(routes.proposal(proposed.value.proposalId))
  }

  return (
    <ConfirmDialog
      open
      onClose={onClose}
      title={words.title(person.name)}
      consequence={<p className="text-sm">{words.consequence}</p>}
      confirmLabel={words.label}
      danger={act === 'disable'}
      disabledReason={notYet(reason, warned && !acknowledged)}
      error={problem ? problemWords(problem) : undefined}
      onConfirm={confirm}
    >
      {warned ? (
        <Banner tone="attention" title="Only one administrator will be left.">
          <p className="mb-2">
            Nothing that takes two administrators can be done until there are two again: no new people, no roles, no
            change of a vault, and nobody who opens this account again.
          </p>
          <Checkbox
            id="account-acknowledged"
            label="Close it all the same"
            checked={acknowledged}
            onChange={(event) => setAcknowledged(event.target.checked)}
          />
        </Banner>
      ) : null}
      <ReasonField
        id="account-reason"
        hint="It stands in the audit log."
        error={problem?.fields?.reason}
        value={reason}
        onChange={setReason}
      />
    </ConfirmDialog>
  )
}

function notYet(reason: string, unacknowledged: boolean): string | undefined {
  if (unacknowledged) return 'Acknowledge first that only one administrator will be left.'
  return reason.trim() ? undefined : 'Give the reason first.'
}
