'use client'

import { useEffect, useId, useRef } from 'react'
import { routes } from '@/lib/routes'
import { Button } from '../ui/button'
import { buttonClass } from '../ui/control-style'

const WORDS = {
  ended: {
    title: 'Your session has ended',
    text: 'The page is covered, and what you typed is still beneath it. Sign in again in another tab: then it goes on here.',
  },
  replaced: {
    title: 'Somebody else has signed in',
    text: 'In this browser another officer is signed in now, so this page is closed. Open it anew to go on as them.',
  },
} as const

/** Covers the page: nothing of it is shown to whoever passes by. It can't be closed, only ended by signing in. */
export default function SessionOver({ because }: { because: keyof typeof WORDS }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const titleId = useId()
  const { title, text } = WORDS[because]

  useEffect(() => {
    document.documentElement.dataset.session = 'over'
    const element = dialog.current
    if (element && !element.open) element.showModal()
    return () => {
      delete document.documentElement.dataset.session
    }
  }, [])

  return (
    <dialog
      ref={dialog}
      aria-labelledby={titleId}
      onClose={() => dialog.current?.showModal()}
      className="session-over m-auto w-full max-w-lg rounded border bg-raised p-0 text-text shadow-float"
    >
      <div className="flex flex-col gap-4 px-6 py-5 text-sm">
        <h2 id={titleId} className="font-semibold text-lg">
          {title}
        </h2>
        <p>{text}</p>
        <div className="flex justify-end">
          {because === 'ended' ? (
            <a
              href={routes.signIn()}
              target="_blank"
              rel="noopener"
              className={buttonClass('primary', 'medium', false)}
            >
              Sign in again
            </a>
          ) : (
            <Button variant="primary" onClick={() => window.location.reload()}>
              Open it anew
            </Button>
          )}
        </div>
      </div>
    </dialog>
  )
}
