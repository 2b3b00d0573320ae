'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { problemWords, useAct } from '@/lib/client/acts/use-act'
import type { Action } from '@/lib/domain/actions/action-result'
import { Button } from '../ui/button'
import { ConfirmDialog } from '../ui/confirm-dialog'
import { Section } from '../ui/section'

type DeleteRejectedProps = {
  importId: string
  keyName: string
  remove: Action<{ importId: string; typedName: string }, unknown>
}

/** Offered only where this import created the name and its version is still the only one. */
export function DeleteRejected({ importId, keyName, remove }: DeleteRejectedProps) {
  const router = useRouter()
  const [asking, setAsking] = useState(false)
  const { act, problem } = useAct(remove)

  async function confirm() {
    // The dialog lets nobody past who has not typed the name.
    const result = await act({ importId, typedName: keyName })
    if (!result?.ok) return
    setAsking(false)
    router.refresh()
  }

  return (
    <Section
      id="delete"
      title="Delete what was rejected"
      lead="This import created the name and its version is the only one, so the key may go. The vault keeps it recoverable until it is purged."
    >
      <div>
        <Button onClick={() => setAsking(true)}>Delete key…</Button>
      </div>
      <ConfirmDialog
        open={asking}
        onClose={() => setAsking(false)}
        title={`Delete key ${keyName}`}
        consequence="The name is soft-deleted and can’t be used again until it is purged or recovered. The import’s record stays."
        confirmLabel={`Delete key ${keyName}`}
        typeToConfirm={keyName}
        error={problem ? problemWords(problem) : undefined}
        onConfirm={confirm}
      />
    </Section>
  )
}
