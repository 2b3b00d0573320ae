'use client'

import { type FormEvent, type RefObject, useRef } from 'react'
import { useAct } from '@/lib/client/acts/use-act'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { TextInput } from '../ui/text-input'
import type { StepUpMethodProps } from './types'

/** A dialog gives the focus to what carries the attribute; React's own property only focuses, and too early. */
function focusOnOpening(input: HTMLInputElement | null, field: RefObject<HTMLInputElement | null>) {
  input?.setAttribute('autofocus', '')
  field.current = input
}

/** The password goes from its field into the request; no state and no cache ever holds it. */
export function PasswordMethod({ stepUpId, actions, onPassed, onCancel }: StepUpMethodProps) {
  const { act, pending, problem } = useAct(actions.password)
  const field = useRef<HTMLInputElement>(null)

  async function prove(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    const form = event.currentTarget
    const password = String(new FormData(form).get('password'))
    form.reset()
    const answer = await act({ stepUpId, password })
    if (answer?.ok) onPassed()
    else field.current?.focus()
  }

  return (
    <form onSubmit={prove} className="flex flex-col gap-5">
      <Field id="step-up-password" label="Your password" error={problem?.message}>
        {(control) => (
          <TextInput
            {...control}
            ref={(input) => focusOnOpening(input, field)}
            type="password"
            name="password"
            autoComplete="current-password"
            required
            maxLength={256}
          />
        )}
      </Field>
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onCancel}>Cancel</Button>
        <Button type="submit" variant="primary" busy={pending}>
          Confirm
        </Button>
      </div>
    </form>
  )
}
