import type { ReactNode } from 'react'
import { describedBy } from './field'
import { FieldError, FieldHint, FieldLegend } from './field-parts'

export type FieldsetProps = {
  id: string
  legend: ReactNode
  hint?: ReactNode
  error?: string | undefined
  optional?: boolean
  children: ReactNode
}

/** Several controls that answer one question. An ErrorSummary links to its id. */
export function Fieldset({ id, legend, hint, error, optional = false, children }: FieldsetProps) {
  return (
    <fieldset
      id={id}
      tabIndex={-1}
      aria-describedby={describedBy(id, hint, error)}
      className="flex min-w-0 flex-col gap-1"
    >
      <FieldLegend optional={optional}>{legend}</FieldLegend>
      {hint ? <FieldHint id={`${id}-hint`}>{hint}</FieldHint> : null}
      {error ? <FieldError id={`${id}-error`}>{error}</FieldError> : null}
      <div className="mt-1 flex flex-col gap-2">{children}</div>
    </fieldset>
  )
}
