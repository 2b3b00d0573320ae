import { ROLE_PURPOSE } from '@/lib/domain/people/roles'
import type { PersonView } from '@/lib/domain/people/views'
import { DateTime } from '../ui/date-time'
import { DescriptionList } from '../ui/description-list'

export function PersonFacts({ person }: { person: PersonView }) {
  return (
    <DescriptionList
      items={[
        { term: 'E-mail', detail: <span className="break-words">{person.email}</span> },
        { term: 'Signs in', detail: <SignsIn person={person} /> },
        { term: 'Roles', detail: <Roles person={person} /> },
        { term: 'Passkeys', detail: `${person.passkeys}` },
        { term: 'Open sessions', detail: `${person.openSessions}` },
        { term: 'Created', detail: <DateTime value={person.createdAt} relative="inline" /> },
        {
          term: 'Changed',
          detail: (
            <>
              <DateTime value={person.changedAt} relative="inline" />
              <span className="block text-text-muted">Nothing that was submitted before this is theirs to decide.</span>
            </>
          ),
        },
        ...(person.disabledAt
          ? [{ term: 'Closed', detail: <DateTime value={person.disabledAt} relative="inline" /> }]
          : []),
        ...(person.invitedUntil
          ? [
              {
                term: 'Invitation',
                detail: (
                  <>
                    valid until <DateTime value={person.invitedUntil} relative="inline" />
                  </>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}

function SignsIn({ person }: { person: PersonView }) {
  if (person.issuer === 'local') return 'with a password of this installation'
  return (
    <span className="break-all">
      by {person.issuer} as <code className="font-mono text-table">{person.subject}</code>
    </span>
  )
}

function Roles({ person }: { person: PersonView }) {
  return (
    <ul className="flex flex-col gap-0.5">
      {person.roles.length === 0 ? <li className="text-text-muted">none</li> : null}
      {person.roles.map((role) => (
        <li key={role}>
          {role} <span className="text-text-muted">{ROLE_PURPOSE[role]}</span>
        </li>
      ))}
      {person.rolesFrom === 'claims' ? (
        <li className="text-text-muted">as the identity provider’s claims say, at each sign-in</li>
      ) : null}
    </ul>
  )
}
