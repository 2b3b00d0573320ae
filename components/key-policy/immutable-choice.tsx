import { Banner } from '../ui/banner'
import { Checkbox } from '../ui/choice'
import { Field } from '../ui/field'
import { TextInput } from '../ui/text-input'

type ImmutableChoiceProps = {
  id: string
  keyName: string
  immutable: boolean
  typedName: string
  error?: string | undefined
  onImmutable: (immutable: boolean) => void
  onTypedName: (name: string) => void
}

/** Whether the policy is the last one: there is no way back, so that the key's name is typed. */
export function ImmutableChoice(props: ImmutableChoiceProps) {
  const { id, keyName, immutable, typedName, error, onImmutable, onTypedName } = props
  return (
    <fieldset className="flex max-w-prose flex-col gap-4">
      <legend className="mb-2 font-medium text-sm">For good?</legend>
      <Checkbox
        id={`${id}-immutable`}
        label="Make the policy immutable"
        hint="Leave it unless the environment can never change: not its measurements, not its attestation service."
        checked={immutable}
        onChange={(event) => onImmutable(event.target.checked)}
      />
      {immutable ? (
        <>
          <Banner tone="danger" title="There is no way back">
            Nobody can ever change this policy again: not you, not an administrator, not the vault’s owner. If no
            environment meets it, the key can never be released.
          </Banner>
          <Field
            id={id}
            error={error}
            label={
              <>
                To go on, type <code className="font-mono font-semibold">{keyName}</code>
              </>
            }
          >
            {(control) => (
              <TextInput
                {...control}
                mono
                autoComplete="off"
                value={typedName}
                onChange={(event) => onTypedName(event.target.value)}
              />
            )}
          </Field>
        </>
      ) : null}
    </fieldset>
  )
}
