import type pg from 'pg'

/** The role under which the console runs where the owner and the application are two users. */
export const APPLICATION_ROLE = 'drawbridge_app'

/**
 * Data only: no ownership, no DDL, no TRUNCATE. The durable record (audit, imports, approvals, intents) can't be deleted,
 * the audit log not even changed; an approval changes only in the two instants that its trigger watches.
 */
const GRANTS = `
  GRANT USAGE ON SCHEMA public TO ${APPLICATION_ROLE};
  REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${APPLICATION_ROLE};
  GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${APPLICATION_ROLE};
  GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO ${APPLICATION_ROLE};
  REVOKE INSERT, UPDATE, DELETE ON _prisma_migrations FROM ${APPLICATION_ROLE};
  REVOKE UPDATE, DELETE ON log_record, log_record_aside, release_alarmed FROM ${APPLICATION_ROLE};
  REVOKE INSERT, UPDATE, DELETE ON log_call, log_call_day FROM ${APPLICATION_ROLE};
  REVOKE UPDATE, DELETE ON attestation_token, release_evidence FROM ${APPLICATION_ROLE};
  REVOKE DELETE ON release_evaluation FROM ${APPLICATION_ROLE};
  REVOKE INSERT, UPDATE ON log_change_open, log_release_open FROM ${APPLICATION_ROLE};
  GRANT UPDATE (settled) ON log_change_open TO ${APPLICATION_ROLE};
  REVOKE UPDATE, DELETE ON audit_event FROM ${APPLICATION_ROLE};
  REVOKE UPDATE, DELETE ON approval FROM ${APPLICATION_ROLE};
  GRANT UPDATE (acted_at, voided_at) ON approval TO ${APPLICATION_ROLE};
  REVOKE UPDATE, DELETE ON policy_snapshot FROM ${APPLICATION_ROLE};
  GRANT UPDATE (last_seen_at) ON policy_snapshot TO ${APPLICATION_ROLE};
  REVOKE UPDATE, DELETE ON policy_test FROM ${APPLICATION_ROLE};
  GRANT UPDATE (removed_at, removed_by_id) ON policy_test TO ${APPLICATION_ROLE};
  REVOKE DELETE ON import, enable_request, operation, person, connection, proposal, invitation, passkey FROM ${APPLICATION_ROLE};
`

export async function roleExists(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [APPLICATION_ROLE])
  return rowCount === 1
}

/** Does nothing where the role does not exist: an external database may have one user for all. */
export async function grantToApplication(client: pg.Client): Promise<void> {
  if (await roleExists(client)) await client.query(`BEGIN; ${GRANTS} COMMIT`)
}
