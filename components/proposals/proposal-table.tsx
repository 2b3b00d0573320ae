import { PROPOSAL_KIND_WORDS } from '@/lib/domain/proposals/kinds'
import type { ProposalRow } from '@/lib/domain/proposals/views'
import { routes } from '@/lib/routes'
import { DateTime } from '../ui/date-time'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'
import { TextLink } from '../ui/text-link'
import { ProposalStatusBadge } from './proposal-status-badge'

type ProposalTableProps = {
  label: string
  rows: readonly ProposalRow[] /** Says whether the reader may confirm. */
  open: boolean
}

export function ProposalTable({ label, rows, open }: ProposalTableProps) {
  return (
    <Table label={label} density="comfortable" head={head(open)}>
      {rows.map((row) => (
        <Row key={row.id}>
          <RowHeader>
            <TextLink href={routes.proposal(row.id)}>{row.title}</TextLink>
            <span className="block font-normal text-text-muted text-xs">{PROPOSAL_KIND_WORDS[row.kind]}</span>
          </RowHeader>
          <Td>
            <ProposalStatusBadge status={row.status} />
          </Td>
          <Td>
            {row.proposerName}
            <span className="block text-text-muted text-xs">
              <DateTime value={row.proposedAt} relative="none" />
            </span>
          </Td>
          {open ? <Waiting row={row} /> : <Decided row={row} />}
        </Row>
      ))}
    </Table>
  )
}

function Waiting({ row }: { row: ProposalRow }) {
  return (
    <>
      <Td>
        <DateTime value={row.expiresAt} />
      </Td>
      <Td wrap>
        {row.cannotConfirm ? <span className="text-text-muted">{row.cannotConfirm}</span> : 'You may decide it.'}
      </Td>
    </>
  )
}

function Decided({ row }: { row: ProposalRow }) {
  return (
    <Td>
      {row.decidedByName}
      <span className="block text-text-muted text-xs">
        {row.decidedAt ? <DateTime value={row.decidedAt} relative="none" /> : null}
      </span>
    </Td>
  )
}

function head(open: boolean) {
  return (
    <>
      <Th>Proposal</Th>
      <Th>State</Th>
      <Th>Proposed by</Th>
      {open ? (
        <>
          <Th>Lapses</Th>
          <Th>You</Th>
        </>
      ) : (
        <Th>Decided by</Th>
      )}
    </>
  )
}
