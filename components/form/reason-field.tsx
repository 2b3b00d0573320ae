import { Field } from '../ui/field'
import { TextArea } from '../ui/text-area'

type ReasonFieldProps = {
  id?: string
  label?: string
  hint?: string
  /** Characters. */
  most?: number
  error?: string | undefined
  /** What stands in it; left out, its form reads it as `reason`. */
  value?: string
  onChange?: (reason: string) => void
}

/** The hint beside what is proposed. */
export const READ_BY_TWO = 'Whoever confirms reads it, and it stands in the audit log.'

/** Why: the words that stay beside an act, or beside what is proposed. */
export function ReasonField({
  id = 'reason',
  label = 'Reason',
  hint,
  most = 2000,
  error,
  value,
  onChange,
}: ReasonFieldProps) {
  const said = onChange ? { value: value ?? '' } : { name: 'reason' }
  return (
    <Field id={id} label={label} hint={hint} error={error}>
      {(control) => (
        <TextArea
          {...control}
          {...said}
          rows={3}
          maxLength={most}
          onChange={(event) => onChange?.(event.target.value)}
        />
      )}
    </Field>
  )
}

export const REASON_MISSING = 'Give the reason: whoever confirms reads it.'
