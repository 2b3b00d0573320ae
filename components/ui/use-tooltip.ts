'use client'

import { useCallback, useEffect, useId, useRef, useState } from 'react'

const gap = 6
const margin = 8

/** Places a bubble above its anchor, or below when there is no room, always inside the window. */
function place(bubble: HTMLElement, anchor: HTMLElement) {
  const at = anchor.getBoundingClientRect()
  const size = bubble.getBoundingClientRect()
  const above = at.top - size.height - gap
  const left = at.left + at.width / 2 - size.width / 2
  bubble.style.top = `${above >= margin ? above : at.bottom + gap}px`
  bubble.style.left = `${Math.max(margin, Math.min(left, window.innerWidth - size.width - margin))}px`
}

/**
 * A tooltip on the browser's own popover layer: opens on hover and focus, stays while pointed at, Escape closes it.
 * Spread `trigger` on the focusable element and render `bubble` on the bubble.
 */
export function useTooltip(enabled: boolean) {
  const id = useId()
  const anchor = useRef<HTMLElement>(null)
  const bubble = useRef<HTMLSpanElement>(null)
  const closing = useRef<ReturnType<typeof setTimeout>>(undefined)
  const [open, setOpen] = useState(false)

  const show = useCallback(
    (event: { currentTarget: HTMLElement }) => {
      clearTimeout(closing.current)
      anchor.current = event.currentTarget
      if (enabled) setOpen(true)
    },
    [enabled],
  )
  const hide = useCallback(() => {
    closing.current = setTimeout(() => setOpen(false), 80)
  }, [])
  const keep = useCallback(() => clearTimeout(closing.current), [])

  useEffect(() => {
    const element = bubble.current
    if (!open || !element) return
    element.showPopover()
    if (anchor.current) place(element, anchor.current)
    const onKey = (event: KeyboardEvent) => event.key === 'Escape' && setOpen(false)
    const onScroll = () => setOpen(false)
    document.addEventListener('keydown', onKey)
    window.addEventListener('scroll', onScroll, true)
    return () => {
      element.hidePopover()
      document.removeEventListener('keydown', onKey)
      window.removeEventListener('scroll', onScroll, true)
    }
  }, [open])
  useEffect(() => () => clearTimeout(closing.current), [])

  return {
    trigger: { onPointerEnter: show, onPointerLeave: hide, onFocus: show, onBlur: hide },
    describedBy: enabled ? id : undefined,
    bubble: { id, ref: bubble, onPointerEnter: keep, onPointerLeave: hide },
  }
}
