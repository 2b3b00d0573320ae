import type { ComponentProps } from 'react'

/** The bubble itself; hidden until its trigger opens it, yet readable as a description all the time. */
export function TooltipBubble({ children, ...props }: Omit<ComponentProps<'span'>, 'popover' | 'role' | 'className'>) {
  return (
    <span
      {...props}
      popover="manual"
      role="tooltip"
      className="tooltip-bubble fixed whitespace-normal rounded bg-text px-2.5 py-1.5 text-left font-normal font-sans text-paper text-table shadow-float"
    >
      {children}
    </span>
  )
}
