'use client'

import { Slot } from 'radix-ui/slot'
import type { ReactElement } from 'react'
import { TooltipBubble } from './tooltip-bubble'
import { useTooltip } from './use-tooltip'

type TooltipProps = { text: string; children: ReactElement }

/** A short description of the one focusable element inside. Never the only place where something is said. */
export function Tooltip({ text, children }: TooltipProps) {
  const { trigger, describedBy, bubble } = useTooltip(true)
  return (
    <>
      <Slot {...trigger} aria-describedby={describedBy}>
        {children}
      </Slot>
      <TooltipBubble {...bubble}>{text}</TooltipBubble>
    </>
  )
}
