'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { problemWords, useAct } from '@/lib/client/acts/use-act'
import { makePasskey } from '@/lib/client/passkeys/ask-browser'
import { FAULT_WORDS } from '@/lib/client/passkeys/browser-fault'
import type { Action, Problem } from '@/lib/domain/actions/action-result'
import type { RegistrationResponse } from '@/lib/domain/passkeys/responses'
import type { BegunRegistration } from '@/lib/domain/passkeys/views'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { LiveRegion } from '../ui/live-region'
import { TextInput } from '../ui/text-input'

export type RegisterActions = {
  register: Action<{ name: string }, BegunRegistration>
  keep: Action<{ challengeId: string; response: RegistrationResponse }, { name: string }>
}

type RegisterPasskeyProps = { unavailable: string | null; actions: RegisterActions }

/** The name, then the proof of who asks, then the browser's own dialog. */
export function RegisterPasskey({ unavailable, actions }: RegisterPasskeyProps) {
  const { register, busy, nameError, trouble, registered } = useRegistration(actions)

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = event.currentTarget
    if (await register(String(new FormData(form).get('name')))) form.reset()
  }

  return (
    <form onSubmit={submit} className="mt-2 flex max-w-md flex-col gap-3">
      <Field
        id="passkey-name"
        label="Name of the new passkey"
        hint="So that you know it again: the device or the key it is on."
        error={nameError}
      >
        {(control) => <TextInput {...control} name="name" required maxLength={60} autoComplete="off" />}
      </Field>
      <div role="alert">{trouble ? <Banner tone="danger" title={trouble} /> : null}</div>
      <div>
        <Button
          type="submit"
          busy={busy}
          disabledReason={unavailable ? 'Browsers make no passkeys for this address: see above.' : undefined}
        >
          Register a passkey
        </Button>
      </div>
      <LiveRegion>{registered ? `The passkey ${registered} is registered.` : ''}</LiveRegion>
    </form>
  )
}

function useRegistration(actions: RegisterActions) {
  const router = useRouter()
  const begun = useAct(actions.register)
  const kept = useAct(actions.keep)
  const [busy, setBusy] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const [registered, setRegistered] = useState<string | null>(null)

  async function steps(name: string): Promise<string | null> {
    const asked = await begun.act({ name })
    if (!asked?.ok) return null
    const made = await makePasskey(asked.value.options)
    if (!made.ok) {
      setFault(FAULT_WORDS[made.fault])
      return null
    }
    const answer = await kept.act({ challengeId: asked.value.challengeId, response: made.response })
    return answer?.ok ? answer.value.name : null
  }

  async function register(name: string): Promise<boolean> {
    if (busy) return false
    setBusy(true)
    setFault(null)
    setRegistered(null)
    const done = await steps(name)
    setBusy(false)
    setRegistered(done)
    if (done) router.refresh()
    return done !== null
  }

  const problem = begun.problem ?? kept.problem
  const nameError = problem?.fields?.name
  return { register, busy, nameError, trouble: nameError ? null : (fault ?? words(problem)), registered }
}

const words = (problem: Problem | null) => (problem ? problemWords(problem) : null)
