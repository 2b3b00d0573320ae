import type { LabEvent } from '@/lib/client/release-policy/lab-state'
import { Field } from '../ui/field'
import { TextArea } from '../ui/text-area'

type SignatureCheckProps = { keys: string; problem: string | undefined; send: (event: LabEvent) => void }

/** The issuer's keys, as the officer got them. */
export function SignatureCheck({ keys, problem, send }: SignatureCheckProps) {
  return (
    <div className="max-w-document">
      <Field
        id="lab-keys"
        label="The issuer’s keys"
        hint="What its “jwks_uri” answers, or its certificates as PEM. They are taken at your word: no chain is looked at, and no address is asked."
        error={problem}
      >
        {(control) => (
          <TextArea
            {...control}
            mono
            rows={5}
            className="break-all"
            value={keys}
            onChange={(event) => send({ type: 'typed', field: 'keys', text: event.target.value })}
          />
        )}
      </Field>
    </div>
  )
}
