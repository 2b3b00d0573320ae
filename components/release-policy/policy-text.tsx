import { describeOutlineProblem, type OutlineProblem } from '@/lib/client/release-policy/outline-problem'
import { DEFAULT_CONTENT_TYPE } from '@/lib/domain/releases/content-type'
import { Field } from '../ui/field'
import { TextArea } from '../ui/text-area'

type PolicyTextProps = {
  id: string
  value: string
  problem: OutlineProblem | null
  error: string | undefined
  onChange: (text: string) => void
}

/** The policy's JSON, exactly as it will be sent. */
export function PolicyText({ id, value, problem, error, onChange }: PolicyTextProps) {
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <Field id={id} label="Release policy, as JSON" error={error ?? placedError(problem)}>
        {(control) => (
          <TextArea
            {...control}
            mono
            rows={10}
            className="field-sizing-content max-h-160 min-h-48"
            placeholder="Paste a policy here, or begin on the other side."
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
      <p className="text-table text-text-muted">
        Content type: <code className="wrap-anywhere font-mono">{DEFAULT_CONTENT_TYPE}</code>, the default.
      </p>
    </div>
  )
}

/** Another shape is no slip in the text: what is wrong with it stands with the findings. */
const placedError = (problem: OutlineProblem | null) =>
  problem && problem.code !== 'other-shape' ? describeOutlineProblem(problem) : undefined
