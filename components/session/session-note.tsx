'use client'

import { useEffect, useRef } from 'react'
import { extendSession } from '@/lib/client/session/extend-session'
import { Button } from '../ui/button'

type SessionNoteProps = {
  /** It ends for want of input; else it ends whatever is done. */
  idle: boolean
  /** Milliseconds since 1970. */
  until: number
  now: number
}

/** A quiet note over the page. Its words are said aloud once; the seconds beside them are for the eye. */
export default function SessionNote({ idle, until, now }: SessionNoteProps) {
  const note = useRef<HTMLDivElement>(null)
  useEffect(() => note.current?.showPopover(), [])
  return (
    <div
      ref={note}
      popover="manual"
      className="fixed inset-auto right-4 bottom-4 m-0 w-80 max-w-[calc(100vw-2rem)] rounded border bg-raised p-4 text-sm text-text shadow-float print:hidden"
    >
      <div className="flex flex-col gap-3">
        <div role="alert">
          <p className="font-semibold">{idle ? 'You will soon be signed out' : 'Your session will soon end'}</p>
          <p className="mt-1 text-text-muted">
            {idle
              ? 'Nobody has touched this console for a while. What you typed stays.'
              : 'A session lasts eight hours. Finish what you are at, or sign in again afterwards: what you typed stays.'}
          </p>
        </div>
        <div className="flex items-center justify-between gap-3">
          <span aria-hidden="true" className="font-mono tabular-nums">
            {clockWords(until - now)}
          </span>
          {idle ? (
            <Button variant="primary" onClick={extendSession}>
              Stay signed in
            </Button>
          ) : null}
        </div>
      </div>
    </div>
  )
}

function clockWords(left: number): string {
  const seconds = Math.max(0, Math.ceil(left / 1000))
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}
