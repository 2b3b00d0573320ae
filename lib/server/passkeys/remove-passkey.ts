import 'server-only'
import { needsPasskey } from '@/lib/domain/passkeys/needs-passkey'
import { err, ok, type Result } from '@/lib/domain/result'
import { appendEvent } from '../audit/append-event'
import type { Actor, Context, ServiceError } from '../context'
import { inTransaction } from '../db/transaction'
import { withinAuditTime } from '../doors/audit-unavailable'
import { permit } from '../permit'
import type { PasskeySettings } from './relying-party'

/** One's own, behind a step-up that says its name. The last one stays where the installation asks these roles for one. */
export async function removePasskey(
  ctx: Context,
  actor: Actor,
  { passkeyId, name, settings }: { passkeyId: string; name: string; settings: Pick<PasskeySettings, 'required'> },
): Promise<Result<void, ServiceError>> {
  const permitted = permit(actor, 'account.manage')
  if (!permitted.ok) return permitted
  const { personId, roles } = actor
  return withinAuditTime(
    inTransaction(ctx.db, async (tx) => {
      const live = await tx.passkey.findMany({ where: { personId, removedAt: null } })
      const passkey = live.find((one) => one.id === passkeyId && one.name === name)
      if (!passkey) return err({ code: 'not-found' as const })
      if (live.length === 1 && needsPasskey(roles, settings.required)) return err({ code: 'last-passkey' as const })
      const at = ctx.clock()
      await tx.passkey.update({ where: { id: passkeyId }, data: { removedAt: at } })
      const details = { passkey: name, left: live.length - 1 }
      await appendEvent(tx, { type: 'passkey.removed', phase: 'noted', at, actor, details })
      return ok(undefined)
    }),
  )
}
