import { CREDENTIAL_WORDS } from '@/lib/domain/connections/credential'
import { KIND_FACTS } from '@/lib/domain/connections/kind'
import type { ConnectionView } from '@/lib/domain/connections/views'
import { routes } from '@/lib/routes'
import { DateTime } from '../ui/date-time'
import { DescriptionList } from '../ui/description-list'
import { KeyId } from '../ui/key-id'
import { TextLink } from '../ui/text-link'
import { EnvironmentMark } from './environment-mark'
import { LastError } from './vault-table'

export function VaultFacts({ vault }: { vault: ConnectionView }) {
  return (
    <DescriptionList
      items={[
        { term: 'Kind', detail: KIND_FACTS[vault.kind].label },
        { term: 'Address', detail: <KeyId value={vault.url} label="Copy address" length={0} /> },
        { term: 'Environment', detail: <EnvironmentMark environment={vault.environment} /> },
        { term: 'Signs in as', detail: CREDENTIAL_WORDS[vault.credentialType] },
        { term: 'Latency', detail: vault.latencyMs === null ? 'not measured' : `${vault.latencyMs} ms` },
        { term: 'Last asked', detail: <Time value={vault.checkedAt} /> },
        { term: 'Last answer', detail: <Time value={vault.lastAnswerAt} /> },
        { term: 'Last error', detail: <LastError vault={vault} /> },
        { term: 'Keys read', detail: <Time value={vault.indexedAt} /> },
        {
          term: 'Keys',
          detail: (
            <TextLink
              href={routes.keys({ vault: vault.id })}
            >{`${vault.keyCount.toLocaleString('en')} in the inventory`}</TextLink>
          ),
        },
      ]}
    />
  )
}

function Time({ value }: { value: string | null }) {
  return value ? (
    <DateTime value={value} relative="inline" withSeconds />
  ) : (
    <span className="text-text-muted">never</span>
  )
}
