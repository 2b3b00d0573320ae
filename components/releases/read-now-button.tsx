'use client'

import RefreshCw from 'lucide-react/icons/refresh-cw'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { problemWords, useAct } from '@/lib/client/acts/use-act'
import type { Action } from '@/lib/domain/actions/action-result'
import { Button } from '../ui/button'
import { Icon } from '../ui/icon'

type ReadNowButtonProps = {
  action: Action<Record<string, never>, { asked: true }>
  disabledReason: string | undefined
}

/** A round begins within seconds; the page is looked at again when most have ended. */
const LOOK_AGAIN_AFTER_MS = [4_000, 12_000]

/** Has the vaults' logs read at once. */
export function ReadNowButton({ action, disabledReason }: ReadNowButtonProps) {
  const { act, pending, problem } = useAct(action)
  const [asked, setAsked] = useState(false)
  const router = useRouter()

  async function readNow() {
    const answer = await act({})
    if (!answer?.ok) return
    setAsked(true)
    for (const ms of LOOK_AGAIN_AFTER_MS) setTimeout(() => router.refresh(), ms)
  }

  return (
    <span className="flex flex-wrap items-center gap-y-2">
      <span role="status" className="text-table text-text-muted not-empty:mr-2">
        {pending ? 'Asking …' : problem ? problemWords(problem) : asked ? 'The logs are being read.' : ''}
      </span>
      <Button icon={<Icon icon={RefreshCw} />} disabledReason={disabledReason} onClick={readNow}>
        Read logs now
      </Button>
    </span>
  )
}
