'use client'

import { useEffect } from 'react'
import { type StepUpOutcome, tellOutcome } from '@/lib/client/acts/step-up-channel'
import { Button } from '../ui/button'

/** In the window that went to the provider: tells the page that asked, and closes where all is well. */
export function TellOutcome({ stepUpId, refusal }: StepUpOutcome) {
  useEffect(() => {
    tellOutcome({ stepUpId, refusal })
    if (refusal === null) window.close()
  }, [stepUpId, refusal])
  return (
    <p>
      <Button onClick={() => window.close()}>Close this window</Button>
    </p>
  )
}
