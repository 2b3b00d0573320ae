'use client'

import { useEffect, useSyncExternalStore } from 'react'
import { closeLedger, type Ledger, readLedger, subscribeLedger } from '@/lib/client/outbound/ledger-store'

/** From the wizard to the import's own page another screen may be under way for so long. */
const BETWEEN_SCREENS_MS = 15_000

let shownBy = 0

const nothingOnServer = () => null

/** The open ledger. Once no screen has shown it for a moment it is closed, and nothing is recorded any more. */
export function useLedger(): Ledger | null {
  useEffect(() => {
    shownBy += 1
    return () => {
      shownBy -= 1
      setTimeout(() => {
        if (shownBy === 0) closeLedger()
      }, BETWEEN_SCREENS_MS)
    }
  }, [])
  return useSyncExternalStore(subscribeLedger, readLedger, nothingOnServer)
}
