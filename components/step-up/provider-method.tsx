'use client'

import { useEffect, useState } from 'react'
import { hearOutcome } from '@/lib/client/acts/step-up-channel'
import { routes } from '@/lib/routes'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import type { StepUpMethodProps } from './types'

type State = { at: 'asked' } | { at: 'elsewhere' } | { at: 'blocked' } | { at: 'refused'; title: string }

/** A window of its own, so that this page and what was typed on it stay as they are. */
const WINDOW = 'popup,width=520,height=720'

/** A dialog gives the focus to what carries the attribute; React's own property only focuses, and too early. */
const focusOnOpening = (button: HTMLButtonElement | null) => button?.setAttribute('autofocus', '')

/** A fresh sign-in at the identity provider, in a window that says here what came of it. */
export function ProviderMethod({ stepUpId, actions, onPassed, onCancel }: StepUpMethodProps) {
  const [state, setState] = useState<State>({ at: 'asked' })
  const address = routes.oidcStepUp(stepUpId)
  const name = actions.providerName ?? 'your identity provider'

  useEffect(
    () =>
      hearOutcome(stepUpId, ({ refusal }) => {
        if (refusal === null) onPassed()
        else setState({ at: 'refused', title: refusal })
      }),
    [stepUpId, onPassed],
  )

  function open() {
    setState({ at: window.open(address, '_blank', WINDOW) ? 'elsewhere' : 'blocked' })
  }

  return (
    <div className="flex flex-col gap-5">
      <div role="status" className="flex flex-col gap-5 empty:hidden">
        {state.at === 'elsewhere' ? <p>Sign in with {name} in the window that has opened. This page waits.</p> : null}
        {state.at === 'blocked' ? <Blocked address={address} /> : null}
        {state.at === 'refused' ? (
          <Banner tone="danger" title={`${state.title}.`}>
            Nothing was done. You may try again.
          </Banner>
        ) : null}
      </div>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button variant="primary" onClick={open} ref={focusOnOpening}>
          {state.at === 'asked' ? `Sign in again with ${name}` : 'Open the window again'}
        </Button>
      </div>
    </div>
  )
}

function Blocked({ address }: { address: string }) {
  return (
    <Banner tone="attention" title="Your browser has blocked the window.">
      Allow windows for this console, or{' '}
      <a href={address} target="_blank" rel="noreferrer noopener" className="underline">
        sign in again in a new tab
      </a>
      ; this page waits.
    </Banner>
  )
}
