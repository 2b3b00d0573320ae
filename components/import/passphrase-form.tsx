'use client'

import { type FormEvent, useEffect, useRef } from 'react'
import { FIELD_IDS } from '@/lib/client/import/field-ids'
import type { KeyFileState } from '@/lib/client/import/key-file'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { TextInput } from '../ui/text-input'

type PassphraseFormProps = {
  file: Extract<KeyFileState, { step: 'locked' }>
  error: string | undefined
  /** UTF-8. Handed over for good. */
  onPassphrase: (passphrase: Uint8Array<ArrayBuffer>) => void
}

/** Asks for a file's passphrase. No state ever holds it: it goes from the field, which is emptied, to the worker as bytes. */
export function PassphraseForm({ file, error, onPassphrase }: PassphraseFormProps) {
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
      <Field
        id={FIELD_IDS.passphrase}
        label={`Passphrase of ${file.name}`}
        hint={`It is encrypted: ${file.lock.cipher}; ${file.lock.kdf}. The passphrase goes to the worker alone, and is sent nowhere. Leave it empty where the file was made with none.`}
        error={error}
      >
        {(control) => <TextInput {...control} ref={input} type="password" mono autoComplete="off" />}
      </Field>
      <div>
        <Button type="submit">Open the file</Button>
      </div>
    </form>
  )
}
