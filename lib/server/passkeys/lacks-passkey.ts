import 'server-only'
import { needsPasskey } from '@/lib/domain/passkeys/needs-passkey'
import type { Actor, Context } from '../context'

/** Whether this person's roles ask for a passkey here and there is none. Asks the database only where they do. */
export async function lacksPasskey(
  { db }: Pick<Context, 'db'>,
  { personId, roles }: Pick<Actor, 'personId' | 'roles'>,
  installationRequires: boolean,
): Promise<boolean> {
  if (!needsPasskey(roles, installationRequires)) return false
  return (await db.passkey.count({ where: { personId, removedAt: null } })) === 0
}
