'use client'

import { useSyncExternalStore } from 'react'

const NONE: ReadonlySet<string> = new Set()

let selected = NONE
const listeners = new Set<() => void>()

function become(next: ReadonlySet<string>) {
  selected = next
  for (const tell of listeners) tell()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) selected = NONE // the list was left
  }
}

/** The selected rows of the open list, by the path of the key that each leads to. Drawn by a bar and a style, not by rows. */
export function useSelectedRows(): ReadonlySet<string> {
  return useSyncExternalStore(
    subscribe,
    () => selected,
    () => NONE,
  )
}

export function toggleSelected(path: string): void {
  const next = new Set(selected)
  if (!next.delete(path)) next.add(path)
  become(next)
}

export const clearSelected = (): void => become(NONE)
