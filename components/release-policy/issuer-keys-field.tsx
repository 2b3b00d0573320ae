import { Field } from '../ui/field'
import { TextArea } from '../ui/text-area'

type IssuerKeysFieldProps = { id: string; value: string; problem: string | undefined; onChange: (text: string) => void }

/** The issuer's keys, as the officer got them. */
export function IssuerKeysField({ id, value, problem, onChange }: IssuerKeysFieldProps) {
  return (
    <div className="max-w-document">
      <Field
        id={id}
        label="The issuer’s keys"
        hint="What its “jwks_uri” answers, or its certificates as PEM. They are taken at your word: no chain is looked at, no address is asked, and nothing is sent."
        error={problem}
      >
        {(control) => (
          <TextArea
            {...control}
            mono
            rows={5}
            className="break-all"
            value={value}
            onChange={(event) => onChange(event.target.value)}
          />
        )}
      </Field>
    </div>
  )
}
