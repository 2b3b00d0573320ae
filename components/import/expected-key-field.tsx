import { useEffect, useEffectEvent } from 'react'
import { FIELD_IDS } from '@/lib/client/import/field-ids'
import type { RecognisedValue as Recognised } from '@/lib/domain/reviews/expected-value'
import { PublicKeyFile } from '../form/public-key-file'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { Fingerprint, FingerprintPair } from '../ui/fingerprint'
import { TextArea } from '../ui/text-area'
import { RecognisedValue } from './recognised-value'
import { useRecognised } from './use-recognised'

/** What can be compared right after the upload: a thumbprint or a check value waits for the review. */
function publicKeySha256(value: Recognised): string | null {
  if (value.kind === 'public-key') return value.spkiSha256
  return value.kind === 'spki-sha256' ? value.hex : null
}

type ExpectedKeyFieldProps = {
  sha256: string | null
  /** The value of the key that was sealed here; null: none was, or it has none. */
  fromKeyFile: string | null
  error: string | undefined
  onChange: (sha256: string | null) => void
  /** Whether something stands in the field that is no such value. */
  onUnreadable: (unreadable: boolean) => void
}

/** The public key that the officer expects, when they have it: compared with what the vault holds right after the upload. */
export function ExpectedKeyField({ sha256, fromKeyFile, error, onChange, onUnreadable }: ExpectedKeyFieldProps) {
  const { text, value, fileName, paste, drop } = useRecognised((_given, found) => onChange(publicKeySha256(found)))
  const unreadable = text !== '' && value?.kind === 'unrecognised' && value.hint !== 'empty'
  const tell = useEffectEvent(onUnreadable)
  // It stands when the field is put away, and ends when the field is shown again, empty: nothing is left out in silence.
  useEffect(() => tell(unreadable), [unreadable])
  const useless = value && value.kind !== 'unrecognised' && publicKeySha256(value) === null

  return (
    <section aria-labelledby="expected-title" className="flex flex-col gap-3">
      <h2 id="expected-title" className="font-semibold text-base">
        Expected public key <span className="font-normal text-text-muted">(optional)</span>
      </h2>
      <p className="max-w-prose text-sm text-text-muted">
        If your HSM exported the key’s public half, give it now: it is compared with what the vault holds right after
        the upload. Without it the record says “not compared”. A symmetric key has none; its check value is compared
        when it is enabled.
      </p>
      {sha256 && !value ? (
        <div className="flex flex-wrap items-center gap-3 text-sm">
          <span>{sha256 === fromKeyFile ? 'Filled in from the key file:' : 'Given before:'}</span>
          <Fingerprint value={sha256} label="Copy the expected SPKI SHA-256" />
          <Button size="small" onClick={() => onChange(null)}>
            Remove
          </Button>
        </div>
      ) : null}
      {sha256 && fromKeyFile && sha256 !== fromKeyFile ? (
        <Banner tone="danger" title="The key in the file is not the one that you expect.">
          <FingerprintPair
            left={{ name: 'Expected', value: sha256 }}
            right={{ name: 'In the key file', value: fromKeyFile }}
          />
        </Banner>
      ) : null}
      <Field id={FIELD_IDS.expected} label="SPKI SHA-256, or the public key as PEM" error={error}>
        {(control) => (
          <TextArea {...control} mono rows={3} value={text} onChange={(event) => paste(event.target.value)} />
        )}
      </Field>
      <PublicKeyFile
        id={`${FIELD_IDS.expected}-file`}
        label="Or the public key file"
        fileName={fileName}
        onFile={drop}
      />
      <RecognisedValue value={value} />
      {useless ? (
        <p className="text-attention text-sm">
          At this point only a public key or its SPKI SHA-256 can be compared. Keep this value for the review.
        </p>
      ) : null}
    </section>
  )
}
