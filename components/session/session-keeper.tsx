'use client'

import { lazy, Suspense, useEffect, useSyncExternalStore } from 'react'
import { askSession, extendOnInput } from '@/lib/client/session/extend-session'
import { sessionPhase } from '@/lib/client/session/session-phase'
import { learnSession, sessionStore } from '@/lib/client/session/session-store'
import type { SessionEnds } from '@/lib/domain/people/session-ends'
import { useNow } from '../ui/use-now'

const SessionNote = lazy(() => import('./session-note'))
const SessionOver = lazy(() => import('./session-over'))

/**
 * Mounted once in the shell: tells the console of the officer's own input, says in time that the session is about to end,
 * and covers the page once it has. What was typed stays beneath.
 */
export function SessionKeeper({ ends }: { ends: SessionEnds }) {
  const state = useSyncExternalStore(sessionStore.subscribe, sessionStore.read, () => null)

  useEffect(() => learnSession(ends), [ends])
  useEffect(extendOnInput, [])
  useEffect(askWhenSeenAgain, [])

  if (!state) return null
  if (state.is !== 'open') {
    return (
      <Suspense>
        <SessionOver because={state.is} />
      </Suspense>
    )
  }
  return <UntilItEnds deadlines={state.deadlines} />
}

/** Another tab may have signed in again while this one was away. */
function askWhenSeenAgain() {
  const stop = new AbortController()
  const ask = () => {
    if (document.visibilityState === 'visible' && sessionStore.read()?.is === 'ended') void askSession()
  }
  document.addEventListener('visibilitychange', ask, { signal: stop.signal })
  window.addEventListener('focus', ask, { signal: stop.signal })
  return () => stop.abort()
}

type UntilItEndsProps = { deadlines: Parameters<typeof sessionPhase>[0] }

function UntilItEnds({ deadlines }: UntilItEndsProps) {
  const now = useNow('second')
  const phase = sessionPhase(deadlines, now)
  const lapsed = phase === 'lapsed'

  // This clock alone ends nothing: another tab may have gone on.
  useEffect(() => {
    if (lapsed) void askSession()
  }, [lapsed])

  if (phase === 'live') return null
  return (
    <Suspense>
      <SessionNote
        idle={deadlines.idleAt <= deadlines.endsAt}
        until={Math.min(deadlines.idleAt, deadlines.endsAt)}
        now={now}
      />
    </Suspense>
  )
}
