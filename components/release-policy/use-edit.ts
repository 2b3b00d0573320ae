import { useCallback, useEffect, useLayoutEffect, useRef } from 'react'
import { editPolicy, type PolicyEdit } from '@/lib/client/release-policy/edit-policy'
import { focusAfter } from '@/lib/client/release-policy/focus-after'
import type { Place, PolicyOutline } from '@/lib/client/release-policy/policy-outline'
import { fieldAt } from './field-at'

type Latest = { value: string; outline: PolicyOutline; onChange: (text: string) => void }

/**
 * What changes the policy: one function for good, so that what it is given to need not be drawn anew. Where an edit takes the field
 * away that the focus was in, the focus goes to what stands in its place.
 */
export function useEdit(editor: string, now: Latest): (edit: PolicyEdit) => void {
  const latest = useRef(now)
  const focus = useRef<Place | null>(null)
  useLayoutEffect(() => {
    latest.current = now
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked when the policy has changed
  useEffect(() => {
    if (focus.current)
      (document.getElementById(fieldAt(editor, focus.current)) ?? document.getElementById(editor))?.focus()
    focus.current = null
  }, [now.value])
  return useCallback((edit: PolicyEdit) => {
    const { outline, onChange } = latest.current
    focus.current = focusAfter(edit)
    onChange(editPolicy(outline, edit))
  }, [])
}
