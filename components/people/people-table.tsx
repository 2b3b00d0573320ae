import { ROLE_PURPOSE, type Role } from '@/lib/domain/people/roles'
import { Badge } from '../ui/badge'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'

type Person = { id: string; name: string; email: string; roles: readonly Role[]; disabled: boolean }

export function PeopleTable({ people, you }: { people: readonly Person[]; you: string }) {
  return (
    <Table
      label="People"
      density="comfortable"
      head={
        <>
          <Th>Name</Th>
          <Th>E-mail</Th>
          <Th>Roles</Th>
          <Th>Account</Th>
        </>
      }
    >
      {people.map((person) => (
        <Row key={person.id}>
          <RowHeader>
            {person.name}
            {person.id === you ? <span className="font-normal text-text-muted"> (you)</span> : null}
          </RowHeader>
          <Td>{person.email}</Td>
          <Td wrap>
            {person.roles.length === 0 ? (
              <span className="text-text-muted">none</span>
            ) : (
              person.roles.map((role) => (
                <span key={role} className="block">
                  {role} <span className="text-text-muted">{ROLE_PURPOSE[role]}</span>
                </span>
              ))
            )}
          </Td>
          <Td>
            {person.disabled ? (
              <Badge tone="attention" shape="half">
                Closed
              </Badge>
            ) : (
              <Badge tone="good">Open</Badge>
            )}
          </Td>
        </Row>
      ))}
    </Table>
  )
}
