'use client'

import { useState } from 'react'
import { MOST_TOKENS } from '@/lib/client/release-policy/lab-state'
import { labTokenWords, readLabToken, splitPasted } from '@/lib/client/release-policy/lab-token'
import { maxTokenLength } from '@/lib/domain/releases/decode-attestation-token'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { FileDrop } from '../ui/file-drop'
import { LiveRegion } from '../ui/live-region'
import { TextArea } from '../ui/text-area'
import type { PolicyLabState } from './use-policy-lab'

const ID = 'lab-intake'

/** Where tokens come in: pasted, or as files. What can't be read stays where it is and says why. */
export function TokenIntake({ lab: { intake, tokens, send } }: { lab: PolicyLabState }) {
  const [said, setSaid] = useState<{ error: string | undefined; done: string }>({ error: undefined, done: '' })
  const room = MOST_TOKENS - tokens.length

  function take(pieces: readonly string[], nameOf: (index: number) => string, rest: boolean) {
    const read = pieces.slice(0, room).map((text) => ({ text, read: readLabToken(text) }))
    const good = read.filter((each) => each.read.ok)
    const bad = [...read.filter((each) => !each.read.ok).map(({ text }) => text), ...pieces.slice(room)]
    send({
      type: 'added',
      tokens: good.map(({ text }, index) => ({ text, name: nameOf(index), expected: 'allow' })),
      rest: rest ? bad.join('\n') : null,
    })
    const problems = read.flatMap((each) => (each.read.ok ? [] : [labTokenWords(each.read.error)]))
    setSaid({
      error: errorOf(problems, pieces.length > room),
      done: good.length > 0 ? `${good.length === 1 ? 'One token' : `${good.length} tokens`} added.` : '',
    })
  }
  function add() {
    const pieces = splitPasted(intake)
    if (pieces.length === 0) setSaid({ error: labTokenWords('empty'), done: '' })
    else take(pieces, (index) => `Token ${tokens.length + index + 1}`, true)
  }
  async function addFile(file: File) {
    if (file.size > maxTokenLength) return setSaid({ error: `${file.name}: ${labTokenWords('too-large')}`, done: '' })
    take([await file.text()], () => file.name.replace(/\.\w+$/, ''), false)
  }

  return (
    <div className="grid gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
      <div className="flex flex-col gap-2">
        <Field
          id={ID}
          label="Paste attestation tokens"
          hint="One a line. Or the claims alone as JSON, with “iss”."
          error={said.error}
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
          <Button onClick={add}>Add tokens</Button>
        </div>
        <LiveRegion>{said.done}</LiveRegion>
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

function errorOf(problems: readonly string[], isFull: boolean): string | undefined {
  const full = isFull ? [`${MOST_TOKENS} tokens are all there is room for.`] : []
  const [first, ...more] = problems
  if (!first) return full[0]
  const others = more.length > 0 ? ` And ${more.length} more could not be read.` : ''
  return [`${first}${others}`, ...full].join(' ')
}
