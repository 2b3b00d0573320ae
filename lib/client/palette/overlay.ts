'use client'

import { useSyncExternalStore } from 'react'

/** What lies over the page by the keyboard's wish. */
export type Overlay = 'palette' | 'sheet'

let open: Overlay | null = null
const listeners = new Set<() => void>()

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export function showOverlay(next: Overlay | null): void {
  open = next
  for (const tell of listeners) tell()
}

export function useOverlay(): Overlay | null {
  return useSyncExternalStore(
    subscribe,
    () => open,
    () => null,
  )
}
