'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { LiveTitle } from './live-title'
import { useStatus, useStatusPoll } from './status-store'
import type { Status } from './types'

/** Polls the status and keeps the title's count; the counts and dots elsewhere follow by the same store. */
export function LiveStatus({ href, status }: { href: string; status: Status }) {
  useStatusPoll(href, status)
  useNewAlarms(status)
  return <LiveTitle status={status} />
}

/** The banners come from the server: a page that is open already is shown anew when an alarm is raised or settled. */
function useNewAlarms(rendered: Status) {
  const router = useRouter()
  const { alarms } = useStatus(rendered)

  useEffect(() => {
    if (alarms !== rendered.alarms) router.refresh()
  }, [alarms, rendered.alarms, router])
}
