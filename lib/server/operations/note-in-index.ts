import 'server-only'
import type { Context } from '../context'
import { logFailure } from '../doors/log-failure'
import { recordVersion, type SeenVersion } from '../inventory/record-version'

/** The index is a copy: when it can't be written the outcome stands all the same, and the next refresh catches up. */
export async function noteInIndex(ctx: Context, seen: SeenVersion): Promise<void> {
  try {
    await recordVersion(ctx, seen)
  } catch (error) {
    logFailure(error, { where: 'index', requestId: seen.connection.id })
  }
}
