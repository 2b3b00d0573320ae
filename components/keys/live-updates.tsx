'use client'

import { lazy, Suspense, useEffect, useState } from 'react'
import { chooseLive, LIVE_CHOICES, type LiveChoice, useLiveChoice } from '@/lib/client/keys/live-choice'

const LivePoll = lazy(() => import('./live-poll'))

const words = { '15': 'every 15 s', '60': 'every 60 s', off: 'off' } satisfies Record<LiveChoice, string>

type LiveUpdatesProps = { href: string; signature: string }

/** Looks for changes while the list stays open. What it needs for that is loaded at the first look, not before. */
export function LiveUpdates({ href, signature }: LiveUpdatesProps) {
  const choice = useLiveChoice()
  const begun = useFirstLook(choice)
  return (
    <div className="flex items-center gap-2 text-table text-text-muted">
      <label htmlFor="live-interval">Live</label>
      <select
        id="live-interval"
        value={choice}
        onChange={(event) => chooseLive(LIVE_CHOICES.find((known) => known === event.target.value) ?? 'off')}
        className="min-h-7 rounded border border-line-strong bg-surface px-1.5 text-table text-text"
      >
        {LIVE_CHOICES.map((value) => (
          <option key={value} value={value}>
            {words[value]}
          </option>
        ))}
      </select>
      {begun && choice !== 'off' ? (
        <Suspense>
          <LivePoll href={href} signature={signature} everyMs={Number(choice) * 1000} />
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
