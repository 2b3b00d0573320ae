import { PERMISSIONS, rolesWith } from '@/lib/domain/people/permissions'
import { ROLES } from '@/lib/domain/people/roles'
import { Shape } from '../ui/shape'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'
import { PERMISSION_WORDS } from './permission-words'

/** The one table of permissions, as the console itself asks it. */
export function RoleTable() {
  return (
    <Table
      label="What each role may do"
      head={
        <>
          <Th>May</Th>
          {ROLES.map((role) => (
            <Th key={role}>{role}</Th>
          ))}
        </>
      }
    >
      {PERMISSIONS.map((permission) => (
        <Row key={permission}>
          <RowHeader>
            <span className="font-normal">{PERMISSION_WORDS[permission]}</span>
          </RowHeader>
          {ROLES.map((role) => (
            <Td key={role}>{rolesWith(permission).includes(role) ? <Yes /> : <No />}</Td>
          ))}
        </Row>
      ))}
    </Table>
  )
}

function Yes() {
  return (
    <span className="inline-flex items-center gap-1.5">
      <Shape name="check" className="text-good" />
      yes
    </span>
  )
}

function No() {
  return <span className="text-text-muted">no</span>
}
