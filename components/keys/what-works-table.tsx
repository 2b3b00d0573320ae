import type { OperationNow } from '@/lib/domain/keys/what-works'
import { Shape } from '../ui/shape'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'

/** What the version can do at this moment, operation by operation, and why. */
export function WhatWorksTable({ operations }: { operations: readonly OperationNow[] }) {
  return (
    <Table
      label="What this version can do now"
      head={
        <>
          <Th>Operation</Th>
          <Th>Now</Th>
          <Th>Because</Th>
        </>
      }
    >
      {operations.map(({ operation, works, because }) => (
        <Row key={operation}>
          <RowHeader narrow>
            <code className="font-mono font-normal">{operation}</code>
          </RowHeader>
          <Td>
            <span className={`inline-flex items-center gap-1.5 font-medium ${works ? 'text-good' : 'text-text-muted'}`}>
              <Shape name={works ? 'check' : 'cross'} />
              {works ? 'works' : 'refused'}
            </span>
          </Td>
          <Td wrap>{because}</Td>
        </Row>
      ))}
    </Table>
  )
}
