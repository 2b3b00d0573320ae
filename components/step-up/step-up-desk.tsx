'use client'

import { lazy, Suspense, useSyncExternalStore } from 'react'
import { stepUpDesk } from '@/lib/client/acts/step-up-desk'
import type { StepUpActions } from './types'

const StepUpDialog = lazy(() => import('./step-up-dialog'))

/** Mounted once in the shell. Its dialog is loaded when an act first asks for a proof. */
export function StepUpDesk({ actions }: { actions: StepUpActions }) {
  const asked = useSyncExternalStore(stepUpDesk.subscribe, stepUpDesk.asked, () => null)
  if (!asked) return null
  return (
    <Suspense>
      <StepUpDialog key={asked.id} asked={asked} actions={actions} onEnd={stepUpDesk.answer} />
    </Suspense>
  )
}
