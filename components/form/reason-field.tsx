import { Field } from '../ui/field'
import { TextArea } from '../ui/text-area'

/** Why something is proposed, read as `reason` from the form. */
export function ReasonField({ id = 'reason', error }: { id?: string; error: string | undefined }) {
  return (
    <Field id={id} label="Reason" hint="Whoever confirms reads it, and it stands in the audit log." error={error}>
      {(control) => <TextArea {...control} name="reason" rows={2} maxLength={2000} />}
    </Field>
  )
}

export const REASON_MISSING = 'Give the reason: whoever confirms reads it.'
