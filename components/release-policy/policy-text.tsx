import { useDeferredValue, useState } from 'react'
import { describeOutlineProblem, type OutlineProblem } from '@/lib/client/release-policy/outline-problem'
import { DEFAULT_CONTENT_TYPE } from '@/lib/domain/releases/content-type'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { TextArea } from '../ui/text-area'

type PolicyTextProps = {
  id: string
  value: string
  problem: OutlineProblem | null
  error: string | undefined
  /** The same set out in lines, where it isn’t; null where it is, or can’t be. */
  tidy: string | null
  onChange: (text: string) => void
}

/** Longer than any screen is high, in UTF-16 units: its field takes all the room there is, and need not be measured. */
const LONG = 10_000

/** The policy's JSON, exactly as it will be sent. */
export function PolicyText({ id, value, problem, error, tidy, onChange }: PolicyTextProps) {
  const isLong = value.length > LONG
  // While somebody types elsewhere a long text follows a moment later: to set thousands of lines anew takes longer than a key.
  const [isTypedIn, setTypedIn] = useState(false)
  const later = useDeferredValue(value)
  return (
    <div className="flex min-w-0 flex-col gap-2 @min-[60rem]:sticky @min-[60rem]:top-10 @min-[60rem]:self-start">
      <Field id={id} label="Release policy, as JSON" error={error ?? placedError(problem)}>
        {(control) => (
          <TextArea
            {...control}
            mono
            rows={10}
            className={`max-h-[calc(100dvh-12rem)] min-h-48 ${isLong ? 'h-dvh' : 'field-sizing-content'}`}
            placeholder="Paste a policy here, or begin on the other side."
            value={isTypedIn || !isLong ? value : later}
            onFocus={() => setTypedIn(true)}
            onBlur={() => setTypedIn(false)}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-table text-text-muted">
          Content type: <code className="wrap-anywhere font-mono">{DEFAULT_CONTENT_TYPE}</code>, the default.
        </p>
        {tidy === null ? null : (
          <Button size="small" onClick={() => onChange(tidy)}>
            Set out in lines
          </Button>
        )}
      </div>
    </div>
  )
}

/** Another shape is no slip in the text: what is wrong with it stands with the findings. */
const placedError = (problem: OutlineProblem | null) =>
  problem && problem.code !== 'other-shape' ? describeOutlineProblem(problem) : undefined
