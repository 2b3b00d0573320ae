'use client'

import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { problemWords, useAct } from '@/lib/client/acts/use-act'
import type { Action } from '@/lib/domain/actions/action-result'
import { Button } from '../ui/button'
import { Drawing } from '../ui/drawing'

type RefreshButtonProps = {
  action: Action<{ connectionId: string | null }, { finished: boolean }>
  disabledReason: string | undefined
}

const LOOK_AGAIN_AFTER_MS = 8_000

/** Has every vault read anew. What takes longer than a few seconds goes on behind the page, and is looked at once more. */
export function RefreshButton({ action, disabledReason }: RefreshButtonProps) {
  const { act, pending, problem } = useAct(action)
  const [words, setWords] = useState('')
  const router = useRouter()

  async function refresh() {
    const answer = await act({ connectionId: null })
    if (!answer?.ok) return
    router.refresh()
    setWords(answer.value.finished ? 'Every vault was asked.' : 'Some vaults are still being read.')
    if (!answer.value.finished) setTimeout(() => router.refresh(), LOOK_AGAIN_AFTER_MS)
  }

  return (
    <span className="flex flex-wrap items-center gap-y-2">
      <span role="status" className="text-table text-text-muted not-empty:mr-2">
        {pending ? 'Asking the vaults …' : problem ? problemWords(problem) : words}
      </span>
      <Button icon={<Drawing name="refresh" />} disabledReason={disabledReason} onClick={refresh}>
        Refresh
      </Button>
    </span>
  )
}
