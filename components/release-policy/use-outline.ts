import { useMemo, useState } from 'react'
import type { OutlineProblem } from '@/lib/client/release-policy/outline-problem'
import type { PolicyOutline } from '@/lib/client/release-policy/policy-outline'
import { emptyPolicy, readOutline } from '@/lib/client/release-policy/read-outline'

const nothing: PolicyOutline = { json: emptyPolicy(), list: ['anyOf'], authorities: [] }

/** What the text shows; where it can't be read, why, and what was last shown. */
export function useOutline(text: string): { outline: PolicyOutline; problem: OutlineProblem | null } {
  const read = useMemo(() => readOutline(text), [text])
  const [last, setLast] = useState(nothing)
  if (read.ok && read.value !== last) setLast(read.value)
  return read.ok ? { outline: read.value, problem: null } : { outline: last, problem: read.error }
}
