'use client'

import { Field } from '../ui/field'
import { TextArea } from '../ui/text-area'

type PolicyFieldProps = { id: string; value: string; onChange: (text: string) => void; error?: string | undefined }

/** The policy that is proposed. */
export function PolicyField({ id, value, onChange, error }: PolicyFieldProps) {
  return (
    <Field id={id} label="Policy, as JSON" error={error}>
      {(control) => (
        <TextArea
          {...control}
          mono
          rows={16}
          spellCheck={false}
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
