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
  const lines = value.split('\n').length
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <Field
        id={id}
        label="Release policy, as JSON"
        error={error ?? (problem ? describeOutlineProblem(problem) : undefined)}
      >
        {(control) => (
          <TextArea
            {...control}
            mono
            rows={Math.min(Math.max(lines + 1, 10), 28)}
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
