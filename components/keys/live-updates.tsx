'use client'

import { lazy, Suspense, useEffect, useState } from 'react'
import { type LiveChoice, useLiveChoice } from '@/lib/client/live-choice'
import { LiveInterval } from '../layout/live-interval'

const LivePoll = lazy(() => import('./live-poll'))

type LiveUpdatesProps = { href: string; signature: string; now: number }

/** Looks for changes while the list stays open. What it needs for that is loaded at the first look, not before. */
export function LiveUpdates({ href, signature, now }: LiveUpdatesProps) {
  const choice = useLiveChoice()
  const begun = useFirstLook(choice)
  const [lookedAt, setLookedAt] = useState(0)
  return (
    <div className="flex flex-wrap items-center gap-2">
      <LiveInterval shown={Math.max(now, lookedAt)} />
      {begun && choice !== 'off' ? (
        <Suspense>
          <LivePoll href={href} signature={signature} everyMs={Number(choice) * 1000} onLooked={setLookedAt} />
        </Suspense>
      ) : null}
    </div>
  )
}

/** True once the first interval has passed. */
function useFirstLook(choice: LiveChoice): boolean {
  const [begun, setBegun] = useState(false)
  useEffect(() => {
    if (choice === 'off') return
    const timer = setTimeout(() => setBegun(true), Number(choice) * 1000)
    return () => clearTimeout(timer)
  }, [choice])
  return begun
}
