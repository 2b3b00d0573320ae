'use client'

import { useSyncExternalStore } from 'react'

const name = 'drawbridge-single-keys'
const changed = 'drawbridge-single-keys-changed'

/** Whether keys without a modifier do anything; a preference of this browser, on until it is switched off. */
export function singleKeysOn(): boolean {
  return window.localStorage.getItem(name) !== 'off'
}

function subscribe(listener: () => void) {
  window.addEventListener(changed, listener)
  window.addEventListener('storage', listener)
  return () => {
    window.removeEventListener(changed, listener)
    window.removeEventListener('storage', listener)
  }
}

export function useSingleKeys(): boolean {
  return useSyncExternalStore(subscribe, singleKeysOn, () => true)
}

export function chooseSingleKeys(on: boolean): void {
  if (on) window.localStorage.removeItem(name)
  else window.localStorage.setItem(name, 'off')
  window.dispatchEvent(new Event(changed))
}
