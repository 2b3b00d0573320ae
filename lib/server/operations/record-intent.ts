import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Context, ServiceError } from '../context'
import type { Prisma } from '../db/generated/client'
import { inOneFlight } from '../db/statement-transaction'
import {
  inTransaction,
  isInsideTransaction,
  isUniqueViolation,
  lacks,
  type Transaction,
  violatedIndex,
} from '../db/transaction'
import { unlessSilent, withinAuditTime } from '../doors/audit-unavailable'
import { intentGate } from '../doors/database-gate'
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
  return committed(() => inTransaction(ctx.db, (tx) => orRollBack(work(tx))))
}

/** The same where all of it is SQL that refuses by itself. */
export async function recordIntentBySql(
  ctx: Pick<Context, 'db'>,
  statements: readonly Prisma.Sql[],
): Promise<Result<void, ServiceError>> {
  return committed(async () => ok(await inOneFlight(ctx.db, statements)))
}

async function orRollBack<T>(work: Checked<T>): Checked<T> {
  const result = await work
  if (!result.ok) throw new RolledBack(result.error)
  return result
}

async function committed<T>(attempt: () => Checked<T>): Checked<T> {
  // It would wait for the gate that it holds itself.
  if (isInsideTransaction()) throw new Error('an intent inside a transaction')
  try {
    return await unlessSilent(() => withinAuditTime(attempt()), intentGate)
  } catch (error) {
    if (error instanceof RolledBack) return err(error.refusal as ServiceError) // thrown a few lines above
    if (isUniqueViolation(error)) return err(LATE[violatedIndex(error) ?? ''] ?? { code: 'conflict' })
    // The approval counted by this console's clock, and by the database's it has lapsed.
    if (error instanceof Error && UNAPPROVED.test(error.message)) return err({ code: 'approval-expired' })
    const withheld = WITHHELD.find((column) => lacks(error, column))
    if (withheld) return err(withheld.told)
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

/** Columns into which an intent's statement writes NULL on purpose where what it stands for has changed meanwhile. */
const WITHHELD: readonly { table: string; column: string; told: ServiceError }[] = [
  {
    table: 'operation',
    column: 'connection_id',
    told: {
      code: 'conflict',
      message: 'The connection to this vault was changed or removed meanwhile. Reload and look again.',
    },
  },
  {
    table: 'import',
    column: 'origin',
    told: {
      code: 'conflict',
      message: 'This KEK has just been retired, or is about to be. Wrap the key under another one.',
    },
  },
  {
    table: 'import',
    column: 'created_name',
    told: {
      code: 'name-in-use',
      message:
        'A key of this name has been made since the vault was asked, so this would have added a version to it. Nothing ' +
        'was sent. Type its name to add a version, or choose another name.',
    },
  },
]
