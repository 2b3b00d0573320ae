import { FIELD_IDS } from '@/lib/client/import/field-ids'
import { PurposeField } from '../import/purpose-field'
import { VaultAndKek } from '../import/step-vault'
import { DateTimeInput } from '../ui/date-time-input'
import { Field } from '../ui/field'
import { utcInputToIso } from '../ui/utc-value'
import type { ImportQueueParts } from './use-import-queue'

const nothingWrong = () => undefined

/** What is answered once for every file; what its line of a manifest says goes before. */
export function QueueShared({ shared }: Pick<ImportQueueParts, 'shared'>) {
  return (
    <div className="flex flex-col gap-8">
      <VaultAndKek wizard={shared} errorOf={nothingWrong} several />
      <PurposeField wizard={shared} error={undefined} several />
      <Field
        id={FIELD_IDS.expiresAt}
        label="Expiry"
        hint="After it, encrypting, signing and wrapping stop. Without one, preflight warns for each file."
      >
        {(control) => (
          <DateTimeInput
            {...control}
            onChange={(event) =>
              shared.dispatch({ type: 'answered', change: { expiresAt: utcInputToIso(event.target.value) ?? '' } })
            }
          />
        )}
      </Field>
    </div>
  )
}
