'use client'

import { useEffect, useRef, useState } from 'react'

export type CopyState = 'idle' | 'copied' | 'failed'

const shownFor = 2000

/** Copies text and remembers for two seconds how it went. */
export function useCopied() {
  const [state, setState] = useState<CopyState>('idle')
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  useEffect(() => () => clearTimeout(timer.current), [])

  async function copy(text: string) {
    clearTimeout(timer.current)
    const written = await navigator.clipboard?.writeText(text).then(
      () => true,
      () => false,
    )
    setState(written ? 'copied' : 'failed')
    timer.current = setTimeout(() => setState('idle'), shownFor)
  }
  return { state, copy }
}
