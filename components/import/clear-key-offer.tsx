import { FIELD_IDS } from '@/lib/client/import/field-ids'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { Checkbox } from '../ui/choice'
import { FieldError } from '../ui/field-parts'
import type { StepProps } from './import-wizard'

/** The way over TLS, in plain words, with the officer's own tick. */
export function ClearKeyOffer({ wizard, error }: Pick<StepProps, 'wizard'> & { error: string | undefined }) {
  const { state, dispatch, letFileGo } = wizard
  return (
    <div className="flex flex-col gap-3">
      <Banner tone="danger" title="The server will see this private key.">
        When you submit, the key leaves this browser in the clear, inside TLS: to this server, and from it to the vault.
        The server stores and logs nothing of it, but whoever controls the server could take it. The record says for
        good that the key came this way. Where the vault has a KEK, seal the key instead.
      </Banner>
      {error ? <FieldError id={`${FIELD_IDS.serverSeesKey}-error`}>{error}</FieldError> : null}
      <Checkbox
        id={FIELD_IDS.serverSeesKey}
        label="I know that the server will see the private key"
        checked={state.answers.serverSeesKey}
        aria-describedby={error ? `${FIELD_IDS.serverSeesKey}-error` : undefined}
        onChange={(event) => dispatch({ type: 'answered', change: { serverSeesKey: event.target.checked } })}
      />
      <div>
        <Button onClick={letFileGo}>Let the key go</Button>
      </div>
    </div>
  )
}
