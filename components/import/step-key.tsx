import { FIELD_IDS } from '@/lib/client/import/field-ids'
import { DateTimeInput } from '../ui/date-time-input'
import { Field } from '../ui/field'
import { TextInput } from '../ui/text-input'
import { isoToUtcInput, utcInputToIso } from '../ui/utc-value'
import { ImportAsCode } from './import-as-code'
import type { StepProps } from './import-wizard'
import { KeyTypeField } from './key-type-field'
import { ProtectionField } from './protection-field'
import { PurposeField } from './purpose-field'
import { ReleaseFields } from './release-fields'
import { TagsField } from './tags-field'

export function StepKey({ wizard, errorOf }: StepProps) {
  const { state, dispatch } = wizard
  const { answers } = state
  const change = (part: Partial<typeof answers>) => dispatch({ type: 'answered', change: part })
  return (
    <div className="flex flex-col gap-8">
      <Field
        id={FIELD_IDS.name}
        label="Name in the vault"
        hint="Letters, digits and hyphens. A name that exists gets a new version; the next step says what that does."
        error={errorOf(FIELD_IDS.name)}
      >
        {(control) => (
          <TextInput
            {...control}
            mono
            value={answers.name}
            onChange={(event) => change({ name: event.target.value })}
          />
        )}
      </Field>
      {answers.overTls ? (
        <ProtectionField wizard={wizard} error={errorOf(FIELD_IDS.type)} />
      ) : (
        <KeyTypeField wizard={wizard} error={errorOf(FIELD_IDS.type)} />
      )}
      <PurposeField wizard={wizard} error={errorOf(FIELD_IDS.purpose)} />
      <Field
        id={FIELD_IDS.notBefore}
        label="Not before"
        optional
        hint="This is no scheduled enable: the key stays disabled until a second officer enables it, and before this date decrypting, unwrapping and verifying work all the same."
        error={errorOf(FIELD_IDS.notBefore)}
      >
        {(control) => (
          <UtcInput control={control} iso={answers.notBefore} onIso={(notBefore) => change({ notBefore })} />
        )}
      </Field>
      <Field
        id={FIELD_IDS.expiresAt}
        label="Expiry"
        hint="After it, encrypting, signing and wrapping stop; decrypting, unwrapping and verifying go on until the key is disabled. Without one, preflight warns."
        error={errorOf(FIELD_IDS.expiresAt)}
      >
        {(control) => (
          <UtcInput control={control} iso={answers.expiresAt} onIso={(expiresAt) => change({ expiresAt })} />
        )}
      </Field>
      <TagsField tags={answers.tags} error={errorOf(FIELD_IDS.tags)} onChange={(tags) => change({ tags })} />
      <ReleaseFields answers={answers} error={errorOf(FIELD_IDS.policy)} onChange={change} />
      <ImportAsCode wizard={wizard} />
    </div>
  )
}

type UtcInputProps = {
  control: { id: string; 'aria-describedby': string | undefined; 'aria-invalid': true | undefined }
  iso: string
  onIso: (iso: string) => void
}

/** Uncontrolled, so that half a date stays as typed; what is whole goes up as ISO 8601. */
function UtcInput({ control, iso, onIso }: UtcInputProps) {
  return (
    <DateTimeInput
      {...control}
      defaultValue={isoToUtcInput(iso || undefined)}
      onChange={(event) => onIso(utcInputToIso(event.target.value) ?? '')}
    />
  )
}
