'use client'

import { useMemo } from 'react'
import { chooseLive, LIVE_CHOICES, type LiveChoice, useLiveChoice } from '@/lib/client/live-choice'
import { relativeWords } from '../ui/time-words'
import { useNow } from '../ui/use-now'

const words = {
  '10': 'every 10 s',
  '30': 'every 30 s',
  '60': 'every minute',
  '300': 'every 5 min',
  off: 'off',
} satisfies Record<LiveChoice, string>

/** How fresh the page is, and how often it looks for more; `shown` changes with each look. */
export function LiveInterval({ shown }: { shown: unknown }) {
  const choice = useLiveChoice()
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1 text-table text-text-muted">
      <UpdatedAgo shown={shown} />
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
    </span>
  )
}

/** By this machine's own clock: the console's may differ. */
function UpdatedAgo({ shown }: { shown: unknown }) {
  const now = useNow('second')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the moment at which that value came
  const at = useMemo(() => Date.now(), [shown])
  return (
    <span suppressHydrationWarning className="tabular-nums">
      Updated {relativeWords(Math.min(0, at - now))}
    </span>
  )
}
