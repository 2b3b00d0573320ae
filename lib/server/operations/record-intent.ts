import 'server-only'
import { err, type Result } from '@/lib/domain/result'
import type { Context, ServiceError } from '../context'
import { inStatementTransaction } from '../db/statement-transaction'
import type { Statements } from '../db/statements'
import { inTransaction, isUniqueViolation, lacks, type Transaction, violatedIndex } from '../db/transaction'
import { withinAuditTime } from '../doors/audit-unavailable'
import { KEK_NAME_TAKEN } from '../keks/kek-name-taken'

/** Carries a refusal out of the transaction, so that nothing written before it stays. */
class RolledBack<T> extends Error {
  override readonly name = 'RolledBack'
  constructor(readonly refusal: T) {
    super('rolled back')
  }
}

type Checked<T> = Promise<Result<T, ServiceError>>

/**
 * The transaction that must commit before a call leaves: check, change, intent. A refusal rolls all of it back.
 * Throws `AuditUnavailable` when the database does not commit within 2 s; the caller must then send nothing.
 */
export function recordIntent<T>(ctx: Pick<Context, 'db'>, work: (tx: Transaction) => Checked<T>): Checked<T> {
  return committed(inTransaction(ctx.db, (tx) => orRollBack(work(tx))))
}

/** The same for work that is nothing but SQL. */
export function recordIntentBySql<T>(ctx: Pick<Context, 'db'>, work: (tx: Statements) => Checked<T>): Checked<T> {
  return committed(inStatementTransaction(ctx.db, (tx) => orRollBack(work(tx))))
}

async function orRollBack<T>(work: Checked<T>): Checked<T> {
  const result = await work
  if (!result.ok) throw new RolledBack(result.error)
  return result
}

async function committed<T>(attempt: Checked<T>): Checked<T> {
  try {
    return await withinAuditTime(attempt)
  } catch (error) {
    if (error instanceof RolledBack) return err(error.refusal as ServiceError) // thrown a few lines above
    if (isUniqueViolation(error)) return err(LATE[violatedIndex(error) ?? ''] ?? { code: 'conflict' })
    // The approval counted by this console's clock, and by the database's it has lapsed.
    if (error instanceof Error && UNAPPROVED.test(error.message)) return err({ code: 'approval-expired' })
    if (lacks(error, { table: 'operation', column: 'connection_id' }))
      return err({ code: 'conflict', message: CONNECTION_CHANGED })
    if (lacks(error, { table: 'import', column: 'created_name' }))
      return err({ code: 'name-in-use', message: NAME_TAKEN })
    throw error
  }
}

/** Of two at the same instant a unique index lets one stand. By its name: what the late one is told. */
const LATE: Readonly<Record<string, ServiceError>> = {
  operation_one_open_per_key: { code: 'key-busy' },
  kek_one_made_of_a_name: KEK_NAME_TAKEN,
  proposal_one_waiting: { code: 'proposal-waiting' },
  enable_request_one_open_per_version: {
    code: 'already-so',
    message: 'Somebody has asked for this already; it waits for review.',
  },
}

/** The words of the database's own rule on enabling. */
const UNAPPROVED = /needs a valid approval of its frozen request/

/** The intent writes NULL there on purpose: see `begin-import.ts`. */
const NAME_TAKEN =
  'A key of this name has been made since the vault was asked, so this would have added a version to it. Nothing was ' +
  'sent. Type its name to add a version, or choose another name.'

const CONNECTION_CHANGED = 'The connection to this vault was changed or removed meanwhile. Reload and look again.'
