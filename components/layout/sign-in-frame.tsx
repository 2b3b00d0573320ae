import type { ReactNode } from 'react'
import { Wordmark } from '../ui/wordmark'
import { PlaceMark } from './place-mark'
import type { Place } from './types'

type SignInFrameProps = { place: Place; title: string; children: ReactNode; footer?: ReactNode }

/** The page before one is known: the wordmark, one column, nothing else. */
export function SignInFrame({ place, title, children, footer }: SignInFrameProps) {
  return (
    <div className="flex min-h-dvh flex-col">
      <PlaceMark place={place} />
      <main id="main" className="mx-auto flex w-full max-w-sm flex-1 flex-col justify-center gap-8 px-6 py-12">
        <Wordmark large />
        <div className="flex flex-col gap-5">
          <h1 tabIndex={-1} className="font-semibold text-xl tracking-tight">
            {title}
          </h1>
          {children}
        </div>
        {footer ? <div className="border-t pt-4 text-sm text-text-muted">{footer}</div> : null}
      </main>
    </div>
  )
}
