'use client'

import { useState } from 'react'
import { problemWords, useAct } from '@/lib/client/acts/use-act'
import { askForPasskey } from '@/lib/client/passkeys/ask-browser'
import { FAULT_WORDS } from '@/lib/client/passkeys/browser-fault'
import type { Action } from '@/lib/domain/actions/action-result'
import type { AssertionResponse } from '@/lib/domain/passkeys/responses'
import type { BegunAssertion } from '@/lib/domain/passkeys/views'
import { routes } from '@/lib/routes'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { postToNextAuth } from './post-to-next-auth'

type SecondFactorProps = {
  name: string
  /** A path of this console. */
  destination: string
  /** Why no passkey can be used at this address; null where they can. */
  unavailable: string | null
  begin: Action<Record<string, never>, BegunAssertion>
  pass: Action<{ challengeId: string; response: AssertionResponse }, unknown>
}

/** After the password: the passkey. The browser's own dialog opens on the click, and can be opened again. */
export function SecondFactor({ name, destination, unavailable, begin, pass }: SecondFactorProps) {
  const begun = useAct(begin)
  const passed = useAct(pass)
  const [fault, setFault] = useState<string | null>(null)

  async function give() {
    setFault(null)
    const asked = await begun.act({})
    if (!asked?.ok) return
    const given = await askForPasskey(asked.value.options)
    if (!given.ok) return setFault(FAULT_WORDS[given.fault])
    const answer = await passed.act({ challengeId: asked.value.challengeId, response: given.response })
    if (answer?.ok) window.location.assign(destination)
  }

  const problem = begun.problem ?? passed.problem
  const words = fault ?? (problem ? problemWords(problem) : null) ?? unavailable
  return (
    <>
      <p className="text-text-muted">
        One more step, <span className="font-medium text-text">{name}</span>: use one of your passkeys, on this device,
        on a security key, or on your phone.
      </p>
      <div role="alert">{words ? <Banner tone="danger" title={words} /> : null}</div>
      <div className="flex flex-col gap-2">
        <Button
          variant="primary"
          disabledReason={unavailable ? 'Browsers make no passkeys for this address: see above.' : undefined}
          onClick={give}
        >
          Use a passkey
        </Button>
        <Button variant="quiet" onClick={leave}>
          Sign in as somebody else
        </Button>
      </div>
      <p className="text-sm text-text-muted">
        Lost your passkey? Two administrators can take it away together; then you register another one.
      </p>
    </>
  )
}

async function leave() {
  await postToNextAuth('signout', {})
  window.location.assign(routes.signIn())
}
