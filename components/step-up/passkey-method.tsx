'use client'

import { useState } from 'react'
import { problemWords, useAct } from '@/lib/client/acts/use-act'
import { askForPasskey } from '@/lib/client/passkeys/ask-browser'
import { FAULT_WORDS } from '@/lib/client/passkeys/browser-fault'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import type { StepUpMethodProps } from './types'

/** A dialog gives the focus to what carries the attribute. */
const focusOnOpening = (button: HTMLButtonElement | null) => button?.setAttribute('autofocus', '')

/** The browser's own dialog opens on the click; its answer goes to the console, which knows what was to be signed. */
export function PasskeyMethod({ stepUpId, actions, onPassed, onCancel }: StepUpMethodProps) {
  const asking = useAct(actions.askPasskey)
  const passing = useAct(actions.passkey)
  const [fault, setFault] = useState<string | null>(null)

  async function prove() {
    setFault(null)
    const asked = await asking.act({ stepUpId })
    if (!asked?.ok) return
    const given = await askForPasskey(asked.value)
    if (!given.ok) return setFault(FAULT_WORDS[given.fault])
    const answer = await passing.act({ stepUpId, response: given.response })
    if (answer?.ok) onPassed()
  }

  const problem = asking.problem ?? passing.problem
  const words = fault ?? (problem ? problemWords(problem) : null)
  return (
    <div className="flex flex-col gap-5">
      <div role="alert">{words ? <Banner tone="danger" title={words} /> : null}</div>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button ref={focusOnOpening} variant="primary" onClick={prove}>
          Use a passkey
        </Button>
      </div>
    </div>
  )
}
