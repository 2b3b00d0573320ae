import { FIELD_IDS } from '@/lib/client/import/field-ids'
import type { KeyFileState } from '@/lib/client/import/key-file'
import { Button } from '../ui/button'
import { FieldError } from '../ui/field-parts'
import { Fingerprint } from '../ui/fingerprint'
import type { StepProps } from './import-wizard'

type SealOfferProps = Pick<StepProps, 'wizard'> & {
  file: Extract<KeyFileState, { step: 'found' }>
  error: string | undefined
}

/** Under which KEK the key would be sealed, with the fingerprint to compare, and the act itself. */
export function SealOffer({ wizard, file, error }: SealOfferProps) {
  const { choices, state } = wizard
  const kek = choices.vaults.flatMap(({ keks }) => keks).find(({ kid }) => kid === state.answers.kekKid)
  if (!kek) return null
  return (
    <div className="flex flex-col gap-3 border-accent-line border-l-2 pl-4">
      <p className="max-w-prose text-sm">
        Compare the values above with your record before you go on. The key is then sealed under {kek.name}, whose
        public key has this SHA-256:
      </p>
      <Fingerprint value={kek.spkiSha256} label="Copy the KEK’s SPKI SHA-256" />
      {error ? <FieldError id={`${FIELD_IDS.seal}-error`}>{error}</FieldError> : null}
      <div className="flex flex-wrap gap-2">
        <Button
          id={FIELD_IDS.seal}
          variant="primary"
          aria-describedby={error ? `${FIELD_IDS.seal}-error` : undefined}
          onClick={() => void wizard.seal(file, kek)}
        >
          Seal the key under {kek.name}
        </Button>
        <Button onClick={wizard.letFileGo}>Let the key go</Button>
      </div>
    </div>
  )
}
