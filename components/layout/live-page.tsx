'use client'

import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { useLiveChoice } from '@/lib/client/live-choice'
import { LiveInterval } from './live-interval'

/** Has a page rendered anew while it stays open and is looked at. It prolongs no session. */
export function LivePage({ now }: { now: number }) {
  const choice = useLiveChoice()
  const router = useRouter()

  useEffect(() => {
    if (choice === 'off') return
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') router.refresh()
    }, Number(choice) * 1000)
    return () => clearInterval(timer)
  }, [choice, router])

  return <LiveInterval shown={now} />
}
