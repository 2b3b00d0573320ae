'use client'

import { DRAWINGS, type DrawingName } from './drawings'

/** The Icon of what every page draws anew: two elements, their look in the style sheet. With a label it is an image of that name. */
export function Drawing({ name, label }: { name: DrawingName; label?: string }) {
  const path = <path d={DRAWINGS[name]} />
  if (label === undefined) {
    return (
      <svg viewBox="0 0 24 24" aria-hidden="true" className="drawing">
        {path}
      </svg>
    )
  }
  return (
    <svg viewBox="0 0 24 24" role="img" aria-label={label} className="drawing">
      {path}
    </svg>
  )
}
