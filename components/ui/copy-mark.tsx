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

type CopyMarkFacts = { value: string; label: string; marks: CopyMarks }

/**
 * The CopyButton of long lists: one element with little on it, drawn by the style sheet of the list, which has the
 * class `copy-marks` and says "Copied" once, for all of them.
 */
export function copyMark({ value, label, marks }: CopyMarkFacts) {
  const state = marks.stateOf(value)
  return (
    // biome-ignore lint/a11y/useButtonType: no form is around a list, so there is nothing to submit
    <button
      aria-label={label}
      data-state={state === 'idle' ? undefined : state}
      onClick={() => marks.copyValue(value)}
    />
  )
}
