import {
  EXPECTED_FORM_WORDS,
  type ExpectedValue,
  PUBLIC_KEY_FORMAT_WORDS,
  type Recognition,
} from '@/lib/client/import/expected-value'
import { Banner } from '../ui/banner'
import { Fingerprint } from '../ui/fingerprint'
import { LiveRegion } from '../ui/live-region'

/** Which form a given value was recognised as, and the value as it will be compared. */
export function RecognisedValue({ recognition }: { recognition: Recognition }) {
  return (
    <LiveRegion visible>
      {recognition.state === 'recognised' ? <Recognised value={recognition.value} /> : null}
      {recognition.state === 'not-recognised' ? (
        <p className="text-attention text-sm">
          Not recognised: neither a public key or certificate, nor a SHA-256, a thumbprint or a key check value.
        </p>
      ) : null}
      {recognition.state === 'private-key' ? (
        <Banner tone="danger" title="This is a private key. It was not kept and not sent.">
          Only public material belongs here. Treat the key as exposed where this file has been.
        </Banner>
      ) : null}
    </LiveRegion>
  )
}

function Recognised({ value }: { value: ExpectedValue }) {
  const what =
    value.form === 'public-key-file'
      ? `${EXPECTED_FORM_WORDS[value.form]} (${PUBLIC_KEY_FORMAT_WORDS[value.format]})`
      : EXPECTED_FORM_WORDS[value.form]
  return (
    <div className="flex flex-col gap-1 text-sm">
      <p className="font-medium text-good">✓ Recognised as {what}</p>
      <Shown value={value} />
    </div>
  )
}

function Shown({ value }: { value: ExpectedValue }) {
  switch (value.form) {
    case 'public-key-file':
    case 'spki-sha256':
      return <Fingerprint value={value.spkiSha256} label="Copy the SPKI SHA-256 you gave" />
    case 'jwk-thumbprint':
      return <code className="break-all font-mono text-table">{value.thumbprint}</code>
    case 'key-check-value':
      return <code className="font-mono text-table">{value.keyCheckValue}</code>
  }
}
