import { DateTime } from '@/components/ui/date-time'
import { KeyId } from '@/components/ui/key-id'
import { Menu, type MenuItem } from '@/components/ui/menu'
import { Row, RowHeader, Table, Td, Th } from '@/components/ui/table'
import { TextLink } from '@/components/ui/text-link'
import type { KekRow } from '@/lib/domain/keks/views'
import { routes } from '@/lib/routes'
import { KekExpiry } from './kek-expiry'
import { KekStateBadge } from './kek-state-badge'

const HEAD = (
  <>
    <Th>Name</Th>
    <Th>Vault</Th>
    <Th>State</Th>
    <Th>Ends</Th>
    <Th numeric>Bits</Th>
    <Th>SPKI SHA-256</Th>
    <Th numeric>Undecided</Th>
    <Th>Created</Th>
    <Th>
      <span className="sr-only">Actions</span>
    </Th>
  </>
)

export function KekTable({ keks }: { keks: readonly KekRow[] }) {
  return (
    <Table label="Key exchange keys" head={HEAD} density="comfortable">
      {keks.map((kek) => (
        <Row key={kek.id}>
          <RowHeader>
            <TextLink href={routes.kek(kek.id)} quiet>
              {kek.name}
            </TextLink>
          </RowHeader>
          <Td>{kek.vaultName}</Td>
          <Td>
            <KekStateBadge state={kek.state} />
          </Td>
          <Td>
            <KekExpiry expiresAt={kek.expiresAt} />
          </Td>
          <Td numeric>{kek.bits}</Td>
          <Td>
            {kek.spkiSha256 ? <KeyId value={kek.spkiSha256} label="Copy SPKI SHA-256" length={13} /> : <NotRecorded />}
          </Td>
          <Td numeric>{kek.openImports}</Td>
          <Td>
            <DateTime value={kek.createdAt} relative="none" />
            <span className="block text-text-muted text-xs">{kek.createdByName ?? 'found in the vault'}</span>
          </Td>
          <Td>
            <Menu label={`Actions for ${kek.name}`} items={actsOn(kek)} />
          </Td>
        </Row>
      ))}
    </Table>
  )
}

/** What one does with a KEK next; the rest is on its own page. */
function actsOn(kek: KekRow): MenuItem[] {
  const notUsable = kek.state === 'usable' ? undefined : 'It is not usable now.'
  return [
    {
      label: 'Transfer sheet',
      href: routes.transferSheet(kek.id),
      disabledReason: kek.kid ? undefined : 'It has no key yet.',
    },
    { label: 'Import a key under it', href: routes.newImport({ kek: kek.id }), disabledReason: notUsable },
  ]
}

function NotRecorded() {
  return <span className="text-text-muted">not recorded</span>
}
