'use client'

import { useEffect } from 'react'
import { useStatus } from './status-store'
import type { Status } from './types'
import { withCount } from './with-count'

/** Keeps the number of waiting reviews at the front of the page's title, whatever page sets it. */
export function LiveTitle({ status }: { status: Status }) {
  const { waitingReviews } = useStatus(status)

  useEffect(() => {
    function apply() {
      const wanted = withCount(document.title, waitingReviews)
      if (document.title !== wanted) document.title = wanted
    }
    apply()
    const observer = new MutationObserver(apply)
    observer.observe(document.head, { childList: true, subtree: true, characterData: true })
    return () => observer.disconnect()
  }, [waitingReviews])

  return null
}
