import { Field } from '../ui/field'
import { TextArea } from '../ui/text-area'

type ReasonFieldProps = { id: string; value: string; error: string | undefined; onChange: (reason: string) => void }

export function ReasonField({ id, value, error, onChange }: ReasonFieldProps) {
  return (
    <Field id={id} label="Reason" hint="It stands in the audit log and the ceremony record, for good." error={error}>
      {(control) => <TextArea {...control} rows={2} value={value} onChange={(event) => onChange(event.target.value)} />}
    </Field>
  )
}
