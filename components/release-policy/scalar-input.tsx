import { useState } from 'react'
import { isImprecise } from '@/lib/domain/releases/contradictions'
import type { Scalar } from '@/lib/domain/releases/policy'
import { Select } from '../ui/select'
import { TextInput } from '../ui/text-input'

const KINDS = ['text', 'number', 'true', 'false'] as const
type Kind = (typeof KINDS)[number]

const OPTIONS = [
  { value: 'text', label: 'equals the text' },
  { value: 'number', label: 'equals the number' },
  { value: 'true', label: 'is true' },
  { value: 'false', label: 'is false' },
] as const satisfies readonly { value: Kind; label: string }[]

function kindOf(value: Scalar): Kind {
  if (typeof value === 'boolean') return value ? 'true' : 'false'
  return typeof value === 'number' ? 'number' : 'text'
}

/** What a claim must equal, with its type: a text, a number, true or false are never one another. */
export function ScalarInput({
  name,
  value,
  onChange,
}: {
  name: string
  value: Scalar
  onChange: (value: Scalar) => void
}) {
  // A number while it is none yet, such as "-": the policy keeps the last one until it is.
  const [typing, setTyping] = useState<string | null>(null)
  const kind = typing === null ? kindOf(value) : 'number'

  function choose(next: string) {
    const now = typing ?? String(value)
    setTyping(null)
    if (next === 'text') onChange(now)
    else if (next !== 'number') onChange(next === 'true')
    else typeNumber(now === 'true' || now === 'false' ? '' : now)
  }
  function typeNumber(text: string) {
    const number = readNumber(text)
    setTyping(number === null ? text : null)
    if (number !== null) onChange(number)
  }

  return (
    <div className="flex flex-wrap items-start gap-2">
      <div className="w-44 shrink-0">
        <Select
          aria-label={`Comparison of ${name}`}
          className="text-table"
          options={OPTIONS}
          value={kind}
          onChange={(event) => choose(event.target.value)}
        />
      </div>
      {kind === 'text' || kind === 'number' ? (
        <div className="flex min-w-40 flex-1 flex-col gap-1">
          <TextInput
            mono
            className="text-table"
            aria-label={`Value of ${name}`}
            aria-invalid={typing === null ? undefined : true}
            inputMode={kind === 'number' ? 'decimal' : undefined}
            value={typing ?? String(value)}
            onChange={(event) => (kind === 'number' ? typeNumber(event.target.value) : onChange(event.target.value))}
          />
          {typing === null ? null : (
            <span className="text-danger text-table">
              Not a number that can be compared: the policy still says{' '}
              <code className="font-mono">{JSON.stringify(value)}</code>.
            </span>
          )}
        </div>
      ) : null}
    </div>
  )
}

/** As JSON writes a number, and small enough to be compared exactly; written back it is the same. */
function readNumber(text: string): number | null {
  const number = /^-?(0|[1-9]\d*)(\.\d+)?$/.test(text) ? Number(text) : Number.NaN
  return Number.isNaN(number) || isImprecise(number) || String(number) !== text ? null : number
}
