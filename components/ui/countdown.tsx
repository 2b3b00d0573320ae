'use client'

import { Badge } from './badge'
import type { ShapeName } from './shape'
import { remainingWords } from './time-words'
import type { Tone } from './tone'
import { useNow } from './use-now'

type CountdownProps = {
  /** ISO 8601: when it ends. */
  until: string
  /** From here on it asks for attention; by default a day before the end. */
  attentionMs?: number
  /** From here on it is urgent; by default an hour before the end. */
  dangerMs?: number
  /** The word before what is left. */
  prefix?: string
  /** The word once it has ended. */
  ended?: string
}

const hour = 3_600_000

/** What is left of anything that ends. Live, and the same everywhere. */
export function Countdown(props: CountdownProps) {
  const { until, attentionMs = 24 * hour, dangerMs = hour, prefix = 'Ends in', ended = 'Expired' } = props
  const left = Date.parse(until) - useNow('second')
  const look = lookOf(left, attentionMs, dangerMs)
  return (
    <time dateTime={until} suppressHydrationWarning>
      <Badge tone={look.tone} shape={look.shape}>
        <span suppressHydrationWarning>{left <= 0 ? ended : `${prefix} ${remainingWords(left)}`}</span>
      </Badge>
    </time>
  )
}

function lookOf(left: number, attentionMs: number, dangerMs: number): { tone: Tone; shape: ShapeName } {
  if (left <= 0) return { tone: 'danger', shape: 'cross' }
  if (left <= dangerMs) return { tone: 'danger', shape: 'clock' }
  return left <= attentionMs ? { tone: 'attention', shape: 'clock' } : { tone: 'neutral', shape: 'clock' }
}
