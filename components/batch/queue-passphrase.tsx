'use client'

import { type FormEvent, useEffect, useRef } from 'react'
import { FIELD_IDS } from '@/lib/client/import/field-ids'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { TextInput } from '../ui/text-input'

type QueuePassphraseProps = {
  names: readonly string[]
  /** Some of them did not open by the one before. */
  tried: boolean
  /** UTF-8. Handed over for good. */
  onPassphrase: (passphrase: Uint8Array<ArrayBuffer>) => void
}

/** One passphrase for every file that is encrypted. No state ever holds it; files that it does not open can be tried again. */
export function QueuePassphrase({ names, tried, onPassphrase }: QueuePassphraseProps) {
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

  const which = `${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`
  return (
    <form onSubmit={submit} autoComplete="off" className="flex flex-col gap-3">
      <Field
        id={FIELD_IDS.passphrase}
        label={names.length === 1 ? 'Passphrase of the encrypted file' : 'Passphrase of the encrypted files'}
        hint={`Of ${which}. It goes to the workers alone, and is sent nowhere; each of them is ended afterwards. Files that it does not open can be tried with another.`}
        error={tried ? `The passphrase does not open ${which}. Try another one.` : undefined}
      >
        {(control) => <TextInput {...control} ref={input} type="password" mono autoComplete="off" />}
      </Field>
      <div>
        <Button type="submit">{names.length === 1 ? 'Open and seal it' : `Open and seal ${names.length} files`}</Button>
      </div>
    </form>
  )
}
