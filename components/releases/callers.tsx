import type { CallersView, CallerView } from '@/lib/domain/releases/history/views'
import { routes } from '@/lib/routes'
import { DateTime } from '../ui/date-time'
import { Section } from '../ui/section'
import { shortenMiddle } from '../ui/shorten-middle'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'
import { TextLink } from '../ui/text-link'

/** Who has been seen asking for releases, so that a right that nobody uses can be taken away. */
export function Callers({ vaults }: { vaults: readonly CallersView[] }) {
  if (vaults.length === 0) return null
  return (
    <Section
      id="callers"
      title="Who has asked for releases"
      lead="As far as the logs were read. Who holds the right and never used it is not known here: rights are kept outside the vaults’ keys, in access policies and role assignments, which Drawbridge does not read. Compare this list with them: whoever holds the right and is not in it may not need it. Hours that were not read could name them."
    >
      {vaults.map((vault) => (
        <VaultCallers key={vault.vault} vault={vault} />
      ))}
    </Section>
  )
}

function VaultCallers({ vault: { vault, connectionName, total, callers } }: { vault: CallersView }) {
  const name = connectionName ?? `${vault} (not connected)`
  return (
    <div className="flex flex-col gap-1.5 pt-2">
      <h3 className="font-medium text-sm">
        {name}: {total.toLocaleString('en')} {total === 1 ? 'caller' : 'callers'}
        {callers.length < total ? `, the ${callers.length} with the most releases` : ''}
      </h3>
      <Table
        label={`Callers of ${name}`}
        head={
          <>
            <Th>Who</Th>
            <Th numeric>Keys</Th>
            <Th numeric>Released</Th>
            <Th numeric>Denied</Th>
            <Th numeric>Failed</Th>
            <Th>Last released</Th>
            <Th>Last asked</Th>
          </>
        }
      >
        {callers.map((caller) => (
          <CallerRow key={caller.person ?? ''} vault={vault} caller={caller} />
        ))}
      </Table>
    </div>
  )
}

function CallerRow({ vault, caller }: { vault: string; caller: CallerView }) {
  const { person, upn, appIds, keys, allowed, denied, failed, lastAt, lastReleasedAt } = caller
  return (
    <Row>
      <RowHeader>
        {person === null ? (
          <span className="text-text-muted">not told</span>
        ) : (
          <TextLink quiet href={routes.releases({ vault, who: person })}>
            {upn ?? <code className="font-mono">{shortenMiddle(person, 20)}</code>}
          </TextLink>
        )}
        {appIds.length > 0 ? (
          <span className="block font-normal text-text-muted text-xs">
            by <code className="font-mono">{appIds.map((id) => shortenMiddle(id, 13)).join(', ')}</code>
          </span>
        ) : null}
      </RowHeader>
      <Td numeric>{keys.toLocaleString('en')}</Td>
      <Td numeric>{allowed.toLocaleString('en')}</Td>
      <Td numeric>{denied.toLocaleString('en')}</Td>
      <Td numeric>{failed.toLocaleString('en')}</Td>
      <Td>{lastReleasedAt ? <DateTime value={lastReleasedAt} relative="none" /> : 'never'}</Td>
      <Td>
        <DateTime value={lastAt} relative="none" />
      </Td>
    </Row>
  )
}
