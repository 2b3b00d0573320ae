import 'server-only'
import type { ConnectionRow, Context } from '../context'

/** A live connection by its id; null once it was removed. */
export async function findConnection(db: Context['db'], id: string): Promise<ConnectionRow | null> {
  return db.connection.findFirst({ where: { id, removedAt: null } })
}
