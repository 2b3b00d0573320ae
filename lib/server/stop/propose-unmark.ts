import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import type { Actor, Context, ServiceError } from '../context'
import { propose } from '../proposals/propose'
import type { VersionWithReason } from '../reviews/request-enable'

/** To take the mark "compromised" back, for somebody else to confirm: marking takes one person, this takes two. */
export function proposeUnmark(
  ctx: Context,
  actor: Actor,
  input: VersionWithReason,
): Promise<Result<{ proposalId: string }, ServiceError>> {
  const { connectionId, name, version, reason } = input
  return propose(ctx, actor, {
    kind: 'unmark_compromised',
    reason,
    build: async (tx, head) => {
      const found = await tx.keyVersion.findFirst({
        where: { version, keyRecord: { connectionId, name } },
        include: { keyRecord: { include: { connection: { select: { name: true } } } } },
      })
      if (!found) return err({ code: 'not-found' })
      if (!found.compromisedAt) return err({ code: 'already-so', message: 'This version is not marked.' })
      const { id, kid, keyRecord, compromisedAt, compromisedById } = found
      return ok({
        ...head,
        kind: 'unmark_compromised',
        subject: { id, connectionId, vaultName: keyRecord.connection.name, keyName: name, keyVersion: version, kid },
        before: { compromisedAt: compromisedAt.toISOString(), compromisedById },
        after: { compromisedAt: null },
      })
    },
  })
}
