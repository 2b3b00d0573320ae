import { memo } from 'react'
import { type MicrosoftPolicy, recogniseMicrosoftPolicy } from '@/lib/domain/releases/microsoft-policies'
import { Banner } from '../ui/banner'

/** Says of a policy that is Microsoft's own which one it is, and what that means. */
export const KnownPolicy = memo(function KnownPolicy({ text }: { text: string }) {
  const known = recogniseMicrosoftPolicy(text)
  if (!known) return null
  return (
    <Banner tone="information" title={`This is a default policy of Microsoft’s: ${SAME[wayOf(known)]}`}>
      <p className="wrap-anywhere">
        {known.title} ({known.origin}). It trusts {'text' in known ? 'regional services' : 'a regional service'} that
        everybody shares: any compliant confidential VM meets it, in any subscription of anybody. Who may ask for the
        key is told by the right to release alone.
      </p>
      {'text' in known ? (
        <p className="wrap-anywhere">
          The published file’s SHA-256 is <code className="font-mono text-table">{known.sha256}</code>. A vault keeps it
          in another writing, of which the digest is another one.
        </p>
      ) : null}
    </Banner>
  )
})

const wayOf = (known: MicrosoftPolicy) => ('text' in known ? 'published' : 'regional')

const SAME = {
  published: 'authority for authority and condition for condition the published file.',
  regional: 'the conditions that its tool writes, for one regional service.',
} as const
