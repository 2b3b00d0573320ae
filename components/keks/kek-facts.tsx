import type { KekDetail } from '@/lib/domain/keks/views'
import { DateTime } from '../ui/date-time'
import { type Description, DescriptionList } from '../ui/description-list'
import { Fingerprint } from '../ui/fingerprint'
import { KeyId } from '../ui/key-id'
import { KekExpiry } from './kek-expiry'

export function KekFacts({ kek }: { kek: KekDetail }) {
  return <DescriptionList items={factsOf(kek)} />
}

function factsOf(kek: KekDetail): Description[] {
  return [
    { term: 'Vault', detail: `${kek.vaultName} (${kek.environment})` },
    {
      term: 'Key identifier',
      detail: kek.kid ? (
        <KeyId value={kek.kid} label="Copy key identifier" length={0} />
      ) : (
        'None: it was never created.'
      ),
    },
    {
      term: 'SPKI SHA-256',
      detail: kek.spkiSha256 ? (
        <Fingerprint value={kek.spkiSha256} label="Copy SPKI SHA-256" />
      ) : (
        'Not recorded: the public key could not be read.'
      ),
    },
    { term: 'Type', detail: `RSA-HSM, ${kek.bits} bits` },
    {
      term: 'Operations',
      detail: (
        <>
          <code className="font-mono">import</code>, and nothing else
        </>
      ),
    },
    { term: 'Ends', detail: <KekExpiry expiresAt={kek.expiresAt} exact /> },
    {
      term: 'Created',
      detail: (
        <>
          <DateTime value={kek.createdAt} relative="inline" />
          <span className="block text-text-muted">by {kek.createdByName ?? 'somebody else: found in the vault'}</span>
        </>
      ),
    },
  ]
}
