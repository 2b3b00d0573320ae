import { KIND_FACTS } from '@/lib/domain/connections/kind'
import type { Capability } from '@/lib/domain/connections/vault-operation'
import type { WizardVault } from '@/lib/domain/imports/views'
import { DateTime } from '../ui/date-time'
import { DescriptionList } from '../ui/description-list'

/** Whether the connection's identity may import here, as learnt from real calls, and the role it takes. */
export function ImportRole({ vault }: { vault: WizardVault }) {
  const facts = KIND_FACTS[vault.kind]
  return (
    <DescriptionList
      items={[
        { term: 'Kind', detail: facts.label },
        { term: 'May it import?', detail: <Known capability={vault.importCapability} /> },
        {
          term: 'Role it needs',
          detail: (
            <>
              <strong className="font-medium">{facts.importRole}</strong>
              <span className="block text-text-muted">
                Not {facts.notTheImportRole}: the names are reversed between Key Vault and Managed HSM.
              </span>
            </>
          ),
        },
      ]}
    />
  )
}

function Known({ capability }: { capability: Capability }) {
  if (capability.known === 'not-known') return 'Not known until it is tried.'
  return (
    <>
      {capability.known === 'working' ? 'Seen working at ' : 'Refused at '}
      <DateTime value={capability.at} relative="inline" />
    </>
  )
}
