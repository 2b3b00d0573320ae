import type { PasskeyView } from '@/lib/domain/passkeys/views'
import { DateTime } from '../ui/date-time'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'
import { RemovePasskey, type RemovePasskeyAction } from './remove-passkey'

type PasskeyListProps = {
  passkeys: readonly PasskeyView[]
  /** There is one, and the roles need it. */
  lastStays: boolean
  remove: RemovePasskeyAction
}

export function PasskeyList({ passkeys, lastStays, remove }: PasskeyListProps) {
  return (
    <Table
      label="Your passkeys"
      density="comfortable"
      head={
        <>
          <Th>Name</Th>
          <Th>Kept</Th>
          <Th>Registered</Th>
          <Th>Last used</Th>
          <Th>
            <span className="sr-only">Remove it</span>
          </Th>
        </>
      }
    >
      {passkeys.map((passkey) => (
        <Row key={passkey.id}>
          <RowHeader>{passkey.name}</RowHeader>
          <Td>{passkey.synced ? 'may be copied by its provider' : 'on one device'}</Td>
          <Td>
            <DateTime value={passkey.createdAt} />
          </Td>
          <Td>{passkey.lastUsedAt ? <DateTime value={passkey.lastUsedAt} /> : 'not yet'}</Td>
          <Td>
            <RemovePasskey passkey={passkey} last={passkeys.length === 1} lastStays={lastStays} remove={remove} />
          </Td>
        </Row>
      ))}
    </Table>
  )
}
