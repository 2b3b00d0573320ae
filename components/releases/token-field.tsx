import { Field } from '../ui/field'
import { TextArea } from '../ui/text-area'

type TokenFieldProps = {
  id: string
  label: string
  hint: string
  error: string | undefined
  rows: number
  value: string
  onChange: (token: string) => void
}

export const PASTE_TOKEN_FIRST = 'Paste the attestation token first.'

/** An attestation token, pasted: what is wrong with an empty field is not said of one that has been filled since. */
export function TokenField({ id, label, hint, error, rows, value, onChange }: TokenFieldProps) {
  const isFilledSince = error === PASTE_TOKEN_FIRST && value.trim() !== ''
  return (
    <Field id={id} label={label} hint={hint} error={isFilledSince ? undefined : error}>
      {(control) => (
        <TextArea
          {...control}
          mono
          rows={rows}
          placeholder="eyJ…"
          className="break-all"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  )
}
