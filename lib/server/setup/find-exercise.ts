import 'server-only'
import type { Context } from '../context'
import type { Exercise } from './local-file'
import { VAULT_IMPORTS } from './make-imports'

/**
 * The review that the first start left waiting, and the value with which a newcomer can finish it: the key's SHA-256 as
 * its source gave it (the import compared the two when it arrived). Undefined once it was decided.
 */
export async function findExercise(ctx: Context): Promise<Exercise | undefined> {
  const waiting = await ctx.db.import.findFirst({
    where: {
      keyName: { in: VAULT_IMPORTS.filter(({ end }) => end === 'waiting').map(({ name }) => name) },
      connection: { environment: 'local' },
      status: 'awaiting_review',
      generator: 'Drawbridge example source HSM',
    },
    orderBy: { submittedAt: 'asc' },
  })
  if (!waiting?.publicKeySha256) return undefined
  return { importReference: waiting.reference, publicKeySha256: waiting.publicKeySha256 }
}
