'use client'

import { type FormEvent, useEffect, useRef } from 'react'
import { FIELD_IDS } from '@/lib/client/import/field-ids'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { TextInput } from '../ui/text-input'

type PassphraseFormProps = {
  label: string
  hint: string
  error: string | undefined
  submitLabel: string
  /** UTF-8. Handed over for good. */
  onPassphrase: (passphrase: Uint8Array<ArrayBuffer>) => void
}

/** Asks for a passphrase. No state ever holds it: it goes from the field, which is emptied, to a worker as bytes. */
export function PassphraseForm({ label, hint, error, submitLabel, onPassphrase }: PassphraseFormProps) {
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => input.current?.focus(), [])

  function submit(event: FormEvent) {
    event.preventDefault()
    const field = input.current
    if (!field) return
    const passphrase = new TextEncoder().encode(field.value)
    field.value = ''
    onPassphrase(passphrase)
  }

  return (
    <form onSubmit={submit} autoComplete="off" className="flex flex-col gap-3">
      <Field id={FIELD_IDS.passphrase} label={label} hint={hint} error={error}>
        {(control) => <TextInput {...control} ref={input} type="password" mono autoComplete="off" />}
      </Field>
      <div>
        <Button type="submit">{submitLabel}</Button>
      </div>
    </form>
  )
}
