import type { ReactNode } from 'react'
import { DateTime } from './date-time'
import { Shape, type ShapeName } from './shape'
import { type Tone, toneText } from './tone'

export type TimelineEvent = {
  id: string
  /** ISO 8601. */
  at: string
  title: ReactNode
  detail?: ReactNode
  tone?: Tone
  shape?: ShapeName
}

/** What happened, newest first or oldest first, as given. */
export function Timeline({ label, events }: { label: string; events: readonly TimelineEvent[] }) {
  return (
    <ol aria-label={label} className="flex flex-col">
      {events.map(({ id, at, title, detail, tone = 'neutral', shape = 'ring' }) => (
        <li key={id} className="group relative flex gap-3 pb-5 last:pb-0">
          <span aria-hidden="true" className="absolute top-5 bottom-0 left-[5.5px] w-px bg-line group-last:hidden" />
          <Shape name={shape} className={`mt-1.5 ${toneText[tone]}`} />
          <div className="flex min-w-0 flex-col text-sm">
            <span>{title}</span>
            <span className="text-text-muted text-xs">
              <DateTime value={at} relative="inline" withSeconds />
            </span>
            {detail ? <div className="mt-1 text-text-muted">{detail}</div> : null}
          </div>
        </li>
      ))}
    </ol>
  )
}
