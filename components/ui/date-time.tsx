'use client'

import { localWords, relativeWords, utcWords } from './time-words'
import { useTimeZoneChoice } from './time-zone'
import { useNow } from './use-now'

type DateTimeProps = {
  /** ISO 8601. */
  value: string
  /** A second line "in 3 days". `inline` puts it on the same line; `none` leaves it out. */
  relative?: 'below' | 'inline' | 'none'
  withSeconds?: boolean
}

/** An exact time, UTC first, its distance from now second. The reader may switch to their own zone. */
export function DateTime({ value, relative = 'below', withSeconds = false }: DateTimeProps) {
  const zone = useTimeZoneChoice()
  const at = new Date(value)
  const exact = zone === 'local' ? localWords(at, withSeconds) : utcWords(at, withSeconds)
  return (
    <time dateTime={value} className="whitespace-nowrap">
      {exact}
      {relative === 'none' ? null : <Relative key={value} at={at.getTime()} below={relative === 'below'} />}
    </time>
  )
}

/** Keyed by its time: a new one, read a moment ago, is not measured by a tick of before it (“in 16 seconds”). */
function Relative({ at, below }: { at: number; below: boolean }) {
  const now = useNow('half-minute')
  return (
    <span suppressHydrationWarning className={below ? 'block text-text-muted text-xs' : 'ml-2 text-text-muted'}>
      {relativeWords(at - now)}
    </span>
  )
}
