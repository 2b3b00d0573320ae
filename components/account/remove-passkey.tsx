'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { problemWords, useAct } from '@/lib/client/acts/use-act'
import type { Action } from '@/lib/domain/actions/action-result'
import type { PasskeyView } from '@/lib/domain/passkeys/views'
import { Button } from '../ui/button'
import { ConfirmDialog } from '../ui/confirm-dialog'

export type RemovePasskeyAction = Action<{ passkeyId: string; name: string }, unknown>

type RemovePasskeyProps = {
  passkey: Pick<PasskeyView, 'id' | 'name'>
  last: boolean
  lastStays: boolean
  remove: RemovePasskeyAction
}

const LAST_STAYS = 'Your roles need a passkey here. Register another one first.'

export function RemovePasskey({ passkey, last, lastStays, remove }: RemovePasskeyProps) {
  const router = useRouter()
  const [asking, setAsking] = useState(false)
  const { act, problem } = useAct(remove)
  const { id, name } = passkey

  async function confirm() {
    const removed = await act({ passkeyId: id, name })
    if (!removed?.ok) return
    setAsking(false)
    router.refresh()
  }

  return (
    <>
      <Button
        size="small"
        aria-label={`Remove the passkey ${name}`}
        disabledReason={lastStays ? LAST_STAYS : undefined}
        onClick={() => setAsking(true)}
      >
        Remove…
      </Button>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={`Remove the passkey ${name}`}
        consequence={
          last
            ? 'It is your last one: from then on your password alone signs you in and confirms acts. You confirm the removal with a passkey.'
            : 'It does not sign you in any more. Your other passkeys stay. You confirm the removal with one of them.'
        }
        confirmLabel="Remove it"
        error={problem ? problemWords(problem) : undefined}
        onConfirm={confirm}
      />
    </>
  )
}
