import { createHash, randomUUID } from 'node:crypto'
import { DUTIES } from '@/lib/domain/people/duties'
import type { Role } from '@/lib/domain/people/roles'
import { sql } from './database'
import { installation, type Officer } from './installation'

/** For who imports without having met the duties before: the first officers but the first custodian. */
export async function acknowledgeDuties({ email }: Pick<Officer, 'email'>): Promise<void> {
  await sql(
    `INSERT INTO duty_acknowledgement (person_id, version, acknowledged_at)
     SELECT id, $2, now() FROM person WHERE issuer = 'local' AND email = $1`,
    [email, DUTIES.version],
  )
}

/**
 * Somebody with exactly these roles (the same person for the same roles, unless `as` tells them apart) and a first officer's password. Written past the console, for speed: but the
 * database lets roles come from a confirmed proposal only, so this writes one, as the two administrators'.
 * How the console does it is shown by `people.spec.ts`.
 */
export async function personWith(roles: readonly Role[], { duties = true, as = '' } = {}): Promise<Officer> {
  const [known] = installation().officers
  if (!known) throw new Error('an installation without officers')
  const name = `Test ${roles.join(' and ')}${as && ` ${as}`}`
  const email = `${[as, ...roles].filter(Boolean).join('-')}@e2e.drawbridge.test`
  const officer = { name, email, password: known.password, roles: [...roles] }
  const [there] = await sql(`SELECT 1 FROM person WHERE issuer = 'local' AND subject = $1`, [email])
  if (there) return officer
  const [personId, proposalId] = [randomUUID(), randomUUID()]
  const text = JSON.stringify({ after: { email, roles: [...roles].sort() } })
  await sql(
    `INSERT INTO proposal (id, kind, subject_id, proposer_id, reason, status, frozen_request, frozen_sha256, proposed_at, expires_at)
     SELECT $1, 'create_person', $2, person_id, 'For a test', 'waiting', $3, $4, now(), now() + interval '1 day'
       FROM person_role WHERE role = 'administrator' ORDER BY person_id LIMIT 1`,
    [proposalId, personId, text, createHash('sha256').update(text).digest('hex')],
  )
  await sql(
    `WITH confirmed AS (
       UPDATE proposal SET status = 'confirmed', decided_at = now(), revision = revision + 1, decided_by_id =
         (SELECT person_id FROM person_role WHERE role = 'administrator' ORDER BY person_id DESC LIMIT 1)
       WHERE id = $1),
     added AS (
       INSERT INTO person (id, issuer, subject, name, email, password_hash, created_at, changed_at)
       SELECT $2::uuid, 'local', $3::text, $4::text, $3::text, password_hash, now(), now() - interval '1 day'
         FROM person WHERE issuer = 'local' AND email = $5 RETURNING id),
     acknowledged AS (
       INSERT INTO duty_acknowledgement (person_id, version, acknowledged_at)
       SELECT id, $7::text, now() FROM added WHERE $8 AND 'custodian' = ANY ($6::text[]))
     INSERT INTO person_role (person_id, role, granted_at)
     SELECT id, role::"Role", now() FROM added, unnest($6::text[]) AS role`,
    [proposalId, personId, email, name, known.email, roles, DUTIES.version, duties],
  )
  return officer
}
