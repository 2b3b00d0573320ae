import { KIND_FACTS } from '@/lib/domain/connections/kind'
import type { ConnectionView } from '@/lib/domain/connections/views'
import { routes } from '@/lib/routes'
import { DateTime } from '../ui/date-time'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'
import { TextLink } from '../ui/text-link'
import { ConnectionStateBadge } from './connection-state-badge'
import { EnvironmentMark } from './environment-mark'

/** Every vault and how it was last found. */
export function VaultTable({ vaults }: { vaults: readonly ConnectionView[] }) {
  return (
    <Table
      label="Vaults"
      density="comfortable"
      head={
        <>
          <Th>Name</Th>
          <Th>Kind</Th>
          <Th>Environment</Th>
          <Th>Health</Th>
          <Th numeric>Latency</Th>
          <Th>Last answer</Th>
          <Th>Last error</Th>
          <Th numeric>Keys</Th>
        </>
      }
    >
      {vaults.map((vault) => (
        <Row key={vault.id}>
          <RowHeader>
            <TextLink href={routes.vault(vault.id)}>{vault.name}</TextLink>
          </RowHeader>
          <Td>{KIND_FACTS[vault.kind].label}</Td>
          <Td>
            <EnvironmentMark environment={vault.environment} />
          </Td>
          <Td>
            <ConnectionStateBadge state={vault.state} />
          </Td>
          <Td numeric>{vault.latencyMs === null ? '–' : `${vault.latencyMs} ms`}</Td>
          <Td>{vault.lastAnswerAt ? <DateTime value={vault.lastAnswerAt} /> : 'never'}</Td>
          <Td wrap>
            <LastError vault={vault} />
          </Td>
          <Td numeric>
            <TextLink quiet href={routes.keys({ vault: vault.id })}>
              {vault.keyCount.toLocaleString('en')}
            </TextLink>
          </Td>
        </Row>
      ))}
    </Table>
  )
}

export function LastError({ vault }: { vault: ConnectionView }) {
  if (!vault.lastErrorCode) return <span className="text-text-muted">none</span>
  return (
    <>
      {vault.lastErrorWords ?? vault.lastErrorCode}
      {vault.lastErrorAt ? (
        <span className="block text-text-muted text-xs">
          <DateTime value={vault.lastErrorAt} relative="inline" />
        </span>
      ) : null}
    </>
  )
}
