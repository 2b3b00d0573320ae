import type { ReactNode } from 'react'
import { FieldError, FieldHint, FieldLabel } from './field-parts'

/** What a control needs to be joined to its label, hint and error. Spread it on the control. */
export type ControlProps = {
  id: string
  'aria-describedby': string | undefined
  'aria-invalid': true | undefined
}

type FieldProps = {
  id: string
  label: ReactNode
  hint?: ReactNode
  error?: string | undefined
  optional?: boolean
  children: (control: ControlProps) => ReactNode
}

/** The ids that describe a control, for `aria-describedby`. */
export function describedBy(id: string, hint: unknown, error: unknown) {
  const ids = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean)
  return ids.length > 0 ? ids.join(' ') : undefined
}

/** A labelled control: `<Field id="name" label="Name">{(control) => <TextInput {...control} />}</Field>`. */
export function Field({ id, label, hint, error, optional = false, children }: FieldProps) {
  return (
    <div className="flex flex-col gap-1">
      <FieldLabel htmlFor={id} optional={optional}>
        {label}
      </FieldLabel>
      {hint ? <FieldHint id={`${id}-hint`}>{hint}</FieldHint> : null}
      {error ? <FieldError id={`${id}-error`}>{error}</FieldError> : null}
      <div className="mt-0.5">
        {children({ id, 'aria-describedby': describedBy(id, hint, error), 'aria-invalid': error ? true : undefined })}
      </div>
    </div>
  )
}
