'use client'

import RefreshCw from 'lucide-react/icons/refresh-cw'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { problemWords, useAct } from '@/lib/client/import/use-act'
import type { Action } from '@/lib/domain/actions/action-result'
import { Button } from '../ui/button'
import { Icon } from '../ui/icon'

type RefreshButtonProps = {
  action: Action<{ connectionId: string | null }, unknown>
  disabledReason: string | undefined
}

const LOOK_AFTER_MS = [1500, 5000]

/** Has every vault read anew; the list follows as the answers come in. */
export function RefreshButton({ action, disabledReason }: RefreshButtonProps) {
  const { act, problem } = useAct(action)
  const [asked, setAsked] = useState(false)
  const router = useRouter()

  async function refresh() {
    const answer = await act({ connectionId: null })
    if (!answer?.ok) return
    setAsked(true)
    for (const delay of LOOK_AFTER_MS) setTimeout(() => router.refresh(), delay)
  }

  return (
    <span className="flex flex-wrap items-center gap-2">
      <span role="status" className="text-table text-text-muted">
        {problem ? problemWords(problem) : asked ? 'The vaults are being read.' : ''}
      </span>
      <Button icon={<Icon icon={RefreshCw} />} disabledReason={disabledReason} onClick={refresh}>
        Refresh
      </Button>
    </span>
  )
}
