'use client'

import { useSyncExternalStore } from 'react'

type Ticker = { now: number; subscribe: (listener: () => void) => () => void }

/** One interval for all who watch, running only while somebody does. */
function makeTicker(every: number): Ticker {
  const listeners = new Set<() => void>()
  let timer: ReturnType<typeof setInterval> | undefined
  const ticker: Ticker = {
    now: Date.now(),
    subscribe(listener) {
      listeners.add(listener)
      ticker.now = Date.now() // it may have stood still since the last one left
      timer ??= setInterval(() => {
        ticker.now = Date.now()
        for (const tell of listeners) tell()
      }, every)
      return () => {
        listeners.delete(listener)
        if (listeners.size > 0) return
        clearInterval(timer)
        timer = undefined
      }
    },
  }
  return ticker
}

const tickers = { second: makeTicker(1000), 'half-minute': makeTicker(30_000) }

/** The time, ticking. On the server and while hydrating it is the moment of rendering: expect a text to differ. */
export function useNow(rhythm: keyof typeof tickers): number {
  const ticker = tickers[rhythm]
  const ticked = useSyncExternalStore(
    ticker.subscribe,
    () => ticker.now,
    () => 0,
  )
  return Math.max(ticked, ticked === 0 ? Date.now() : 0)
}
