'use client'

import { useEffect, useSyncExternalStore } from 'react'
import { readStatus } from './read-status'
import type { Status } from './types'

const every = 15_000

let latest: Status | undefined
const listeners = new Set<() => void>()

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

function tell(status: Status) {
  latest = status
  for (const listener of listeners) listener()
}

/** The newest status that the poll brought; until then what the server rendered. */
export function useStatus(rendered: Status): Status {
  return useSyncExternalStore(
    subscribe,
    () => latest ?? rendered,
    () => rendered,
  )
}

/** Asks for the status every 15 seconds while the page is looked at. A failed poll keeps what was last known. */
export function useStatusPoll(href: string, rendered: Status) {
  useEffect(() => {
    tell(rendered)
  }, [rendered])

  useEffect(() => {
    const stop = new AbortController()
    async function ask() {
      if (document.visibilityState === 'hidden') return
      const status = await readStatus(href, stop.signal)
      if (status && !stop.signal.aborted) tell(status)
    }
    const timer = setInterval(ask, every)
    document.addEventListener('visibilitychange', ask, { signal: stop.signal })
    return () => {
      stop.abort()
      clearInterval(timer)
    }
  }, [href])
}
