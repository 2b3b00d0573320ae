import { randomUUID } from 'node:crypto'
import type { Role } from '@/lib/domain/people/roles'
import { sql } from './database'
import { installation, type Officer } from './installation'

/**
 * Somebody with exactly these roles. A first start makes no viewer and nobody who is custodian or approver alone, and
 * people can't be added by the console yet: so they are put into the database, with a first officer's password.
 */
export async function personWith(roles: readonly Role[]): Promise<Officer> {
  const [known] = installation().officers
  if (!known) throw new Error('an installation without officers')
  const name = `Test ${roles.join(' and ')}`
  const email = `${roles.join('-')}@e2e.drawbridge.test`
  await sql(
    `WITH added AS (
       INSERT INTO person (id, issuer, subject, name, email, password_hash, created_at, changed_at)
       SELECT $1::uuid, 'local', $2::text, $3::text, $2::text, password_hash, now(), now() - interval '1 day'
         FROM person WHERE issuer = 'local' AND email = $4
       ON CONFLICT (issuer, subject) DO NOTHING RETURNING id)
     INSERT INTO person_role (person_id, role, granted_at)
     SELECT id, role::"Role", now() FROM added, unnest($5::text[]) AS role`,
    [randomUUID(), email, name, known.email, roles],
  )
  return { name, email, password: known.password, roles: [...roles] }
}
