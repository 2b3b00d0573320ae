import {
  EXPECTED_VALUE_HINT_WORDS,
  EXPECTED_VALUE_KIND_WORDS,
  type ExpectedValue,
  type RecognisedValue as Recognised,
} from '@/lib/domain/reviews/expected-value'
import { Banner } from '../ui/banner'
import { Fingerprint } from '../ui/fingerprint'
import { LiveRegion } from '../ui/live-region'
import { Shape } from '../ui/shape'

/** Which form a given value was recognised as, and the value as it will be compared. */
export function RecognisedValue({ value }: { value: Recognised | null }) {
  return <LiveRegion visible>{value ? <Said value={value} /> : null}</LiveRegion>
}

function Said({ value }: { value: Recognised }) {
  if (value.kind !== 'unrecognised') return <Known value={value} />
  if (value.hint === 'empty') return null
  const words = EXPECTED_VALUE_HINT_WORDS[value.hint]
  return value.hint === 'private-key' ? (
    <Banner tone="danger" title={words}>
      It was not kept, and nothing of it was sent.
    </Banner>
  ) : (
    <p className="flex items-center gap-2 text-attention text-sm">
      <Shape name="triangle" />
      {words}
    </p>
  )
}

function Known({ value }: { value: ExpectedValue }) {
  return (
    <div className="flex flex-col gap-1.5 text-sm">
      <p className="flex items-center gap-2 font-medium text-good">
        <Shape name="check" />
        Recognised as {EXPECTED_VALUE_KIND_WORDS[value.kind]}
      </p>
      <Shown value={value} />
    </div>
  )
}

function Shown({ value }: { value: ExpectedValue }) {
  switch (value.kind) {
    case 'public-key':
      return <Fingerprint value={value.spkiSha256} label="Copy the SPKI SHA-256 of what you gave" />
    case 'spki-sha256':
      return <Fingerprint value={value.hex} label="Copy the SPKI SHA-256 you gave" />
    case 'jwk-thumbprint':
      return <code className="break-all font-mono text-table">{value.value}</code>
    case 'key-check-value':
      return <code className="font-mono text-table">{value.hex}</code>
  }
}
