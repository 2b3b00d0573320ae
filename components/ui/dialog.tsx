'use client'

import clsx from 'clsx'
import X from 'lucide-react/icons/x'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { Icon } from './icon'

type DialogProps = {
  open: boolean
  onClose: () => void
  title: string
  children: ReactNode
  /** Buttons, the act last. */
  footer?: ReactNode
  size?: 'medium' | 'wide'
}

/** A modal on the browser's own `<dialog>`: focus trap, Escape and the inert page behind come with it. */
export function Dialog({ open, onClose, title, children, footer, size = 'medium' }: DialogProps) {
  const element = useRef<HTMLDialogElement>(null)
  const titleId = useId()

  useEffect(() => {
    const dialog = element.current
    if (!dialog) return
    if (open && !dialog.open) dialog.showModal()
    if (!open && dialog.open) dialog.close()
  }, [open])

  return (
    <dialog
      ref={element}
      aria-labelledby={titleId}
      onClose={onClose}
      className={clsx(
        'm-auto w-full rounded border bg-raised p-0 text-text shadow-float',
        size === 'wide' ? 'max-w-3xl' : 'max-w-lg',
      )}
    >
      {open ? (
        <>
          <header className="flex items-start justify-between gap-4 px-6 pt-5">
            <h2 id={titleId} className="font-semibold text-lg">
              {title}
            </h2>
            <button
              type="button"
              onClick={() => element.current?.close()}
              className="-mr-2 rounded p-1.5 text-text-muted hover:bg-sunken hover:text-text"
            >
              <Icon icon={X} label="Close" />
            </button>
          </header>
          <div className="flex flex-col gap-4 px-6 py-4 text-sm">{children}</div>
          {footer ? <footer className="flex flex-wrap justify-end gap-2 border-t px-6 py-4">{footer}</footer> : null}
        </>
      ) : null}
    </dialog>
  )
}
