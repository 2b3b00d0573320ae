'use client'

import { maxTokenLength } from '@/lib/domain/releases/decode-attestation-token'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { FileDrop } from '../ui/file-drop'
import { LiveRegion } from '../ui/live-region'
import { TextArea } from '../ui/text-area'
import type { PolicyLabState } from './use-policy-lab'

/** Where tokens come in: pasted, or as files. What can't be read stays where it is and says why. */
export function TokenIntake({ lab: { intake, refusals, tokens, send } }: { lab: PolicyLabState }) {
  async function addFile(file: File) {
    const name = file.name.replace(/\.\w+$/, '')
    // Several tokens may stand in one file, a line each.
    if (file.size > 8 * maxTokenLength) send({ type: 'file-refused', name, because: 'too-large' })
    else send({ type: 'file-given', name, text: await file.text() })
  }

  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="flex flex-col gap-2">
        <Field
          id="lab-intake"
          label="Paste attestation tokens"
          hint="One a line. Or the claims alone as JSON, with “iss”."
          error={wordsOf(refusals)}
        >
          {(control) => (
            <TextArea
              {...control}
              mono
              rows={5}
              placeholder="eyJ…"
              className="break-all"
              value={intake}
              onChange={(event) => send({ type: 'typed', field: 'intake', text: event.target.value })}
            />
          )}
        </Field>
        <div>
          <Button onClick={() => send({ type: 'pasted' })}>Add tokens</Button>
        </div>
        <LiveRegion>{tokens.length === 0 ? '' : `Tokens: ${tokens.length}.`}</LiveRegion>
      </div>
      <div className="flex flex-col justify-end">
        <FileDrop
          id="lab-files"
          aria-describedby={undefined}
          prompt="Drop token files here"
          multiple
          accept=".jwt,.txt,.json,.token"
          onFile={addFile}
        />
      </div>
    </div>
  )
}

function wordsOf(refusals: readonly string[]): string | undefined {
  const [first, second, third, ...more] = refusals
  const words = [first, second, third].filter((each) => each !== undefined).join(' ')
  if (words === '') return undefined
  return more.length === 0 ? words : `${words} And ${more.length} more could not be read.`
}
