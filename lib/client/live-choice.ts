'use client'

import { useSyncExternalStore } from 'react'

/** Seconds between two looks. */
export const LIVE_CHOICES = ['10', '30', '60', '300', 'off'] as const
export type LiveChoice = (typeof LIVE_CHOICES)[number]

const name = 'drawbridge-live'
const changed = 'drawbridge-live-changed'

function read(): LiveChoice {
  const kept = window.localStorage.getItem(name)
  return LIVE_CHOICES.find((choice) => choice === kept) ?? '60' // also what an older choice has become
}

function subscribe(listener: () => void) {
  window.addEventListener(changed, listener)
  return () => window.removeEventListener(changed, listener)
}

/** How often an open list looks for changes; a preference of this browser. */
export function useLiveChoice(): LiveChoice {
  return useSyncExternalStore(subscribe, read, () => '60')
}

export function chooseLive(choice: LiveChoice) {
  window.localStorage.setItem(name, choice)
  window.dispatchEvent(new Event(changed))
}
