import { FIELD_IDS } from '@/lib/client/import/field-ids'
import type { FileFacts } from '@/lib/client/import/wizard'
import type { NormalisationChange } from '@/lib/crypto'
import { Checkbox } from '../ui/choice'
import { FieldError } from '../ui/field-parts'
import { Fingerprint } from '../ui/fingerprint'

const CHANGE_WORDS = {
  'byte-order-mark': 'The byte-order mark at its beginning is left out.',
  'single-quotes': 'Its single quotes become the double quotes of JSON.',
  'ciphertext-standard-alphabet': 'The ciphertext’s + and / become the - and _ of base64url.',
  'ciphertext-padding': 'The = at the end of the ciphertext is left out.',
  'ciphertext-whitespace': 'Line breaks and blanks in the ciphertext are left out.',
} as const satisfies Record<NormalisationChange, string>

type NormaliseOfferProps = {
  facts: FileFacts
  accepted: boolean
  error: string | undefined
  onAccept: (accepted: boolean) => void
}

/** The file is not quite what the vault asks for. What would be changed, both hashes, and the officer's yes. */
export function NormaliseOffer({ facts, accepted, error, onAccept }: NormaliseOfferProps) {
  if (facts.changes.length === 0 || !facts.sentSha256) return null
  return (
    <section aria-labelledby="normalise-title" className="flex flex-col gap-3 border-attention-line border-l-2 pl-4">
      <h2 id="normalise-title" className="font-semibold text-base">
        The file needs small changes before it is sent
      </h2>
      <ul className="list-disc pl-5 text-sm">
        {facts.changes.map((change) => (
          <li key={change}>{CHANGE_WORDS[change]}</li>
        ))}
      </ul>
      <p className="max-w-prose text-sm text-text-muted">
        The wrapped key itself is not touched. Both hashes are recorded: the file’s, and that of what is sent.
      </p>
      <div className="flex flex-col gap-1 text-sm">
        <span className="text-text-muted">SHA-256 of what would be sent</span>
        <Fingerprint value={facts.sentSha256} label="Copy the SHA-256 of what is sent" />
      </div>
      {error ? <FieldError id={`${FIELD_IDS.normalise}-error`}>{error}</FieldError> : null}
      <Checkbox
        id={FIELD_IDS.normalise}
        label="Send the file with these changes"
        checked={accepted}
        aria-describedby={error ? `${FIELD_IDS.normalise}-error` : undefined}
        onChange={(event) => onAccept(event.target.checked)}
      />
    </section>
  )
}
