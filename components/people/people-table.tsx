import { ROLE_PURPOSE } from '@/lib/domain/people/roles'
import type { PersonRow } from '@/lib/domain/people/views'
import { routes } from '@/lib/routes'
import { DateTime } from '../ui/date-time'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'
import { TextLink } from '../ui/text-link'
import { AccountBadge } from './account-badge'

export function PeopleTable({ people, you }: { people: readonly PersonRow[]; you: string }) {
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
          <Th>Changed</Th>
        </>
      }
    >
      {people.map((person) => (
        <Row key={person.id}>
          <RowHeader>
            <TextLink href={routes.person(person.id)}>{person.name}</TextLink>
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
            <AccountBadge state={person.state} />
          </Td>
          <Td>
            <DateTime value={person.changedAt} />
          </Td>
        </Row>
      ))}
    </Table>
  )
}
