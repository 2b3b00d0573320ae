import { closedBecause } from './permissions'
import type { Role } from './roles'
import type { PersonView } from './views'

export type PersonClosings = Record<'roles' | 'disable' | 'enable' | 'invite' | 'resetPasskeys', string | undefined>

type Reader = { id: string; roles: readonly Role[] }
type Subject = Pick<PersonView, 'id' | 'issuer' | 'rolesFrom' | 'waiting' | 'state' | 'passkeys'>

/** Why each act about a person is closed to a reader; the services ask the same again. */
export function personClosings(reader: Reader, person: Subject): PersonClosings {
  const permission = closedBecause(reader.roles, 'people.manage')
  const waits = (kind: string) =>
    person.waiting.some((proposal) => proposal.kind === kind)
      ? 'A proposal of this kind waits already: see above.'
      : undefined
  return {
    roles: permission ?? fromClaims(person) ?? waits('change_roles'),
    disable:
      permission ??
      (reader.id === person.id ? 'Nobody closes their own account: another administrator does.' : undefined),
    enable: permission ?? waits('enable_person'),
    invite: permission ?? elsewhere(person) ?? waits('renew_invitation'),
    resetPasskeys:
      permission ??
      (person.passkeys === 0 ? 'This account has no passkey.' : undefined) ??
      (reader.id === person.id ? 'Remove your own under Your account.' : undefined) ??
      waits('reset_passkeys'),
  }
}

function fromClaims({ rolesFrom }: Subject): string | undefined {
  return rolesFrom === 'claims' ? 'These roles come from the identity provider’s claims. Change them there.' : undefined
}

function elsewhere({ issuer }: Subject): string | undefined {
  return issuer === 'local' ? undefined : 'This person signs in at the identity provider, where the password is.'
}
