'use client'

import { LiveTitle } from './live-title'
import { useStatusPoll } from './status-store'
import type { Status } from './types'

/** Polls the status and keeps the title's count; the counts and dots elsewhere follow by the same store. */
export function LiveStatus({ href, status }: { href: string; status: Status }) {
  useStatusPoll(href, status)
  return <LiveTitle status={status} />
}
