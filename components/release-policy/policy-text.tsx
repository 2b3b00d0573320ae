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

/** The policy's JSON, exactly as it will be sent. */
export function PolicyText({ id, value, problem, error, tidy, onChange }: PolicyTextProps) {
  return (
    <div className="flex min-w-0 flex-col gap-2 @min-[60rem]:sticky @min-[60rem]:top-10 @min-[60rem]:self-start">
      <Field id={id} label="Release policy, as JSON" error={error ?? placedError(problem)}>
        {(control) => (
          <TextArea
            {...control}
            mono
            rows={10}
            className="field-sizing-content max-h-[calc(100dvh-12rem)] min-h-48"
            placeholder="Paste a policy here, or begin on the other side."
            value={value}
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
