import type { LabEvent } from '@/lib/client/release-policy/lab-state'
import { Field } from '../ui/field'
import { TextArea } from '../ui/text-area'
import { problemOf, type ReadToken } from './read-token'

/** Claims to be changed by hand: what would the policy say if the environment were another? */
export function WrittenClaims({ token, send }: { token: ReadToken; send: (event: LabEvent) => void }) {
  return (
    <div className="max-w-document">
      <Field
        id="lab-written"
        label="Its claims, as JSON"
        hint="Nobody signed these. Change one, such as x-ms-sevsnpvm-is-debuggable, and see what the policy says."
        error={problemOf(token) ?? undefined}
      >
        {(control) => (
          <TextArea
            {...control}
            mono
            rows={10}
            value={token.text}
            onChange={(event) => send({ type: 'token-changed', id: token.id, change: { text: event.target.value } })}
          />
        )}
      </Field>
    </div>
  )
}
