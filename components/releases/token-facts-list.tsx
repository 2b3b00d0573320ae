import type { TokenFacts } from '@/lib/domain/releases/history/evaluation-views'
import { DateTime } from '../ui/date-time'
import type { Description } from '../ui/description-list'
import { KeyId } from '../ui/key-id'

const NOT_SAID = <span className="text-text-muted">not said</span>

/** What an attestation token says of itself; its digest tells it from every other. */
export function tokenItems({ sha256, issuer, algorithm, issuedAt, expiresAt }: TokenFacts): Description[] {
  return [
    { term: 'Issued by', detail: <code className="break-all font-mono text-table">{issuer}</code> },
    { term: 'Issued', detail: issuedAt ? <DateTime value={issuedAt} relative="inline" withSeconds /> : NOT_SAID },
    { term: 'Expires', detail: expiresAt ? <DateTime value={expiresAt} relative="inline" withSeconds /> : NOT_SAID },
    { term: 'Signature algorithm', detail: <code className="font-mono text-table">{algorithm}</code> },
    { term: 'SHA-256 of the token', detail: <KeyId value={sha256} label="Copy the token’s digest" length={0} /> },
  ]
}
