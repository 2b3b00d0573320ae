import type { KnownEnvironment, TokenFacts } from '@/lib/domain/releases/history/evaluation-views'
import { routes } from '@/lib/routes'
import { DateTime } from '../ui/date-time'
import type { Description } from '../ui/description-list'
import { KeyId } from '../ui/key-id'
import { TextLink } from '../ui/text-link'

const NOT_SAID = <span className="text-text-muted">not said</span>

/** What an attestation token says of itself; its digest tells it from every other. */
export function tokenItems({ sha256, issuer, algorithm, issuedAt, expiresAt, environment }: TokenFacts): Description[] {
  return [
    { term: 'Issued by', detail: <code className="break-all font-mono text-table">{issuer}</code> },
    { term: 'Issued', detail: issuedAt ? <DateTime value={issuedAt} relative="inline" withSeconds /> : NOT_SAID },
    { term: 'Expires', detail: expiresAt ? <DateTime value={expiresAt} relative="inline" withSeconds /> : NOT_SAID },
    { term: 'Signature algorithm', detail: <code className="font-mono text-table">{algorithm}</code> },
    { term: 'Environment', detail: <EnvironmentDetail environment={environment} /> },
    { term: 'SHA-256 of the token', detail: <KeyId value={sha256} label="Copy the token’s digest" length={0} /> },
  ]
}

/** What ran, and what it is known again by. */
function EnvironmentDetail({ environment }: { environment: KnownEnvironment }) {
  const { type, measured, sha256 } = environment
  return (
    <div className="wrap-anywhere flex flex-col gap-1">
      <span>{type ?? 'The token does not say of what kind.'}</span>
      {measured.map(({ claim, value }) => (
        <span key={claim} className="text-table">
          <code className="font-mono text-text-muted">{claim}</code> <code className="font-mono">{value}</code>
        </span>
      ))}
      {measured.length === 0 ? (
        <span className="text-text-muted text-table">
          It holds no measurement that is known here: all of its kind and authority count as one environment.
        </span>
      ) : null}
      <span className="text-table">
        Known again by <KeyId value={sha256} label="Copy the environment’s digest" />{' '}
        <TextLink href={routes.releases({ env: sha256 })}>All releases to it</TextLink>
      </span>
    </div>
  )
}
