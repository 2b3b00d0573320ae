'use client'

import type { ReactNode } from 'react'

export type ShapeName =
  | 'circle'
  | 'ring'
  | 'half'
  | 'triangle'
  | 'square'
  | 'diamond'
  | 'cross'
  | 'clock'
  | 'check'
  | 'question'

const line = { fill: 'none', stroke: 'currentColor', strokeWidth: 1.75, strokeLinecap: 'round' } as const

const drawings = {
  circle: <circle cx="6" cy="6" r="4.5" fill="currentColor" />,
  ring: <circle cx="6" cy="6" r="4" {...line} />,
  half: (
    <>
      <circle cx="6" cy="6" r="4" {...line} />
      <path d="M6 2a4 4 0 0 1 0 8z" fill="currentColor" />
    </>
  ),
  triangle: <path d="M6 1.25 11.25 10.5H.75z" fill="currentColor" />,
  square: <rect x="2" y="2" width="8" height="8" rx="1" fill="currentColor" />,
  diamond: <path d="M6 .75 11.25 6 6 11.25.75 6z" fill="currentColor" />,
  cross: <path d="m2.5 2.5 7 7m0-7-7 7" {...line} strokeWidth={2} />,
  clock: (
    <>
      <circle cx="6" cy="6" r="4.5" {...line} strokeWidth={1.5} />
      <path d="M6 3.5V6l1.75 1" {...line} strokeWidth={1.5} />
    </>
  ),
  check: <path d="m1.75 6.5 3 3 5.5-7" {...line} strokeWidth={2} />,
  question: <path d="M3.75 4.25a2.25 2.25 0 1 1 3 2.1c-.5.2-.75.5-.75 1.15m0 2.5v.01" {...line} />,
} satisfies Record<ShapeName, ReactNode>

/** A 12 px mark that tells states apart without colour. Always beside a word. */
export function Shape({ name, className }: { name: ShapeName; className?: string }) {
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true" className={`size-3 shrink-0 ${className ?? ''}`}>
      {drawings[name]}
    </svg>
  )
}
