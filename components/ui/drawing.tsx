'use client'

import { DRAWINGS, type DrawingName } from './drawing-paths'

type DrawingProps = { name: DrawingName; label?: string; className?: string }

/** The Icon of the frame and of long pages: two elements with little on them; the style sheet draws its line (`.drawing`). */
export function Drawing({ name, label, className }: DrawingProps) {
  const look = className ? `drawing ${className}` : 'drawing'
  const path = <path d={DRAWINGS[name]} />
  return label ? (
    <svg viewBox="0 0 24 24" className={look} role="img" aria-label={label}>
      {path}
    </svg>
  ) : (
    <svg viewBox="0 0 24 24" className={look} aria-hidden="true">
      {path}
    </svg>
  )
}
