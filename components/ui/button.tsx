'use client'

import clsx from 'clsx'
import { type ComponentProps, type MouseEvent, type ReactNode, useRef, useState } from 'react'
import { type ButtonSize, type ButtonVariant, buttonClass } from './control-style'
import { Spinner } from './spinner'
import { TooltipBubble } from './tooltip-bubble'
import { useTooltip } from './use-tooltip'

export type ButtonProps = Omit<ComponentProps<'button'>, 'onClick' | 'disabled'> & {
  variant?: ButtonVariant
  size?: ButtonSize
  icon?: ReactNode
  /** While busy the button shows a spinner and ignores clicks. A returned promise makes it busy by itself. */
  busy?: boolean
  /** Why it can't be pressed now. The button stays visible and focusable and says so. */
  disabledReason?: string | undefined
  onClick?: (event: MouseEvent<HTMLButtonElement>) => unknown
}

export function Button(props: ButtonProps) {
  const { variant = 'secondary', size = 'medium', icon, busy, disabledReason, onClick, className, ...rest } = props
  const running = useRef(false)
  const [pending, setPending] = useState(false)
  const { trigger, describedBy, bubble } = useTooltip(Boolean(disabledReason))
  const waiting = busy || pending

  async function press(event: MouseEvent<HTMLButtonElement>) {
    if (disabledReason || waiting || running.current) {
      event.preventDefault()
      event.stopPropagation()
      return
    }
    const result = onClick?.(event)
    if (!(result instanceof Promise)) return
    running.current = true
    setPending(true)
    try {
      await result
    } finally {
      running.current = false
      setPending(false)
    }
  }

  return (
    <>
      <button
        type="button"
        aria-describedby={describedBy}
        {...rest}
        {...trigger}
        aria-disabled={disabledReason || waiting ? true : undefined}
        aria-busy={waiting || undefined}
        onClick={press}
        className={clsx(buttonClass(variant, size, Boolean(disabledReason)), className)}
      >
        {waiting ? <Spinner /> : icon}
        {rest.children}
      </button>
      {disabledReason ? <TooltipBubble {...bubble}>{disabledReason}</TooltipBubble> : null}
    </>
  )
}
