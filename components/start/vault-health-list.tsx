import type { VaultStanding } from '@/lib/domain/connections/views'
import { routes } from '@/lib/routes'
import { DateTime } from '../ui/date-time'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'
import { TextLink } from '../ui/text-link'
import { ConnectionStateBadge } from '../vaults/connection-state-badge'
import { EnvironmentMark } from '../vaults/environment-mark'

export function VaultHealthList({ vaults }: { vaults: readonly VaultStanding[] }) {
  return (
    <Table
      label="How the vaults are"
      head={
        <>
          <Th>Vault</Th>
          <Th>Health</Th>
          <Th>Last answer</Th>
        </>
      }
    >
      {vaults.map((vault) => (
        <Row key={vault.id}>
          <RowHeader narrow>
            <TextLink href={routes.vault(vault.id)}>{vault.name}</TextLink>
            <span className="block font-normal text-text-muted text-xs">
              <EnvironmentMark environment={vault.environment} />
            </span>
          </RowHeader>
          <Td>
            <ConnectionStateBadge state={vault.state} />
          </Td>
          <Td>{vault.lastAnswerAt ? <DateTime value={vault.lastAnswerAt} /> : 'never'}</Td>
        </Row>
      ))}
    </Table>
  )
}
