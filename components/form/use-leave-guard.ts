'use client'

import { useEffect } from 'react'
import { guardLeaving } from '@/lib/client/leave-guard'

/** Asks before the page is left while `isAtRisk`: `loss` says what would go with it. */
export function useLeaveGuard(isAtRisk: boolean, loss: string): void {
  useEffect(() => (isAtRisk ? guardLeaving(loss) : undefined), [isAtRisk, loss])
}
