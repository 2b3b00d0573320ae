import 'server-only'
import type { Context } from '../context'
import { inTransaction } from '../db/transaction'
import { closeSessions } from './close-sessions'

/** Ends the session that signs out, at once; a second time changes and records nothing. */
export async function signOut(ctx: Pick<Context, 'db' | 'clock'>, sessionId: string): Promise<void> {
  await inTransaction(ctx.db, (tx) =>
    closeSessions(tx, { id: sessionId }, { at: ctx.clock(), by: null, because: 'sign-out' }),
  )
}
