'use client'

import { useState } from 'react'
import { useCopied } from './use-copied'

const SAID = { idle: '', copied: 'Copied', failed: 'The browser refused to copy. Select the text instead.' } as const

/** What a long list of copyable values shares: one memory of what was copied last, one voice that says so. */
export function useCopyMarks() {
  const { state, copy } = useCopied()
  const [last, setLast] = useState<string>()
  const copyValue = (value: string) => {
    setLast(value)
    void copy(value)
  }
  return { copyValue, stateOf: (value: string) => (value === last ? state : 'idle'), said: SAID[state] }
}

export type CopyMarks = ReturnType<typeof useCopyMarks>

type CopyMarkProps = { value: string; label: string; marks: CopyMarks }

/** The CopyButton of long lists: one element, drawn by the style sheet. The list says "Copied" once, for all of them. */
export function CopyMark({ value, label, marks }: CopyMarkProps) {
  return (
    <button
      type="button"
      aria-label={label}
      data-state={marks.stateOf(value)}
      onClick={() => marks.copyValue(value)}
      className="copy-mark"
    />
  )
}
