'use client'

import { useSyncExternalStore } from 'react'

export type TimeZoneChoice = 'utc' | 'local'

const cookie = 'drawbridge-time'
const changed = 'drawbridge-time-changed'

function read(): TimeZoneChoice {
  return document.cookie.includes(`${cookie}=local`) ? 'local' : 'utc'
}

function subscribe(listener: () => void) {
  window.addEventListener(changed, listener)
  return () => window.removeEventListener(changed, listener)
}

/** Whether times are shown in UTC (also on the server, which can't know better) or in the reader's zone. */
export function useTimeZoneChoice(): TimeZoneChoice {
  return useSyncExternalStore(subscribe, read, () => 'utc')
}

/** Keeps the choice for a year and tells every time on the page. */
export function chooseTimeZone(choice: TimeZoneChoice) {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing where Drawbridge runs over plain http
  document.cookie = `${cookie}=${choice}; path=/; max-age=31536000; samesite=lax`
  window.dispatchEvent(new Event(changed))
}
