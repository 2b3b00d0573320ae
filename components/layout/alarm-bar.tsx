import Link from 'next/link'
import { Banner } from '../ui/banner'
import type { Alarm } from './types'

/** Unsettled alarms, on top of every page. */
export function AlarmBar({ alarms }: { alarms: readonly Alarm[] }) {
  return alarms.map((alarm) => (
    <Banner
      key={alarm.id}
      tone="danger"
      alarm
      title={alarm.title}
      actions={
        <Link href={alarm.href} prefetch={false} className="rounded-sm font-medium underline underline-offset-2">
          {alarm.linkLabel ?? 'See what happened'}
        </Link>
      }
    />
  ))
}
