import 'server-only'
import type { Capability } from '@/lib/domain/connections/vault-operation'
import type { TargetFacts } from '@/lib/domain/imports/views'
import type { PreflightCaller } from '@/lib/domain/preflight/input'
import { isNamedApprover } from '@/lib/domain/reviews/approval-policy'
import { toCapability } from '../connections/connection-view'
import type { Actor, Context } from '../context'
import { Prisma } from '../db/generated/client'
import { readRows } from '../db/read-rows'
import { findDeciders } from '../people/list-deciders'

/** All but what the vault answers just now, so that both can be asked at once. */
export type CallerFacts = Omit<PreflightCaller, 'vaultAnswers'>

/** What preflight says about the caller: learnt from earlier calls, never from a trial. */
export async function readCallerFacts(ctx: Context, actor: Actor, connectionId: string): Promise<CallerFacts> {
  const [seen, deciders] = await Promise.all([
    readSeenImport(ctx, connectionId),
    findDeciders(ctx.db, [actor.personId], { policy: { approverIds: [] } }),
  ])
  return {
    importPermission: PERMISSION_OF[toCapability('import', [seen]).known],
    otherApprovers: deciders.filter(({ id }) => isNamedApprover(seen, id)).length,
    approvalsRequired: seen.approvalsRequired,
    clockSkewMs: seen.clockSkewMs,
  }
}

interface SeenImport {
  operation: 'import'
  workedAt: Date | null
  refusedAt: Date | null
  clockSkewMs: number | null
  approvalsRequired: number
  approverIds: string[]
}

async function readSeenImport(ctx: Context, connectionId: string): Promise<SeenImport> {
  const [seen] = await readRows<SeenImport>(
    ctx.db,
    Prisma.sql`
    SELECT 'import' AS operation, o.worked_at AS "workedAt", o.refused_at AS "refusedAt", h.clock_skew_ms AS "clockSkewMs",
           c.approvals_required AS "approvalsRequired", c.approver_ids::text[] AS "approverIds"
    FROM connection c
      LEFT JOIN connection_health h ON h.connection_id = c.id
      LEFT JOIN connection_operation o ON o.connection_id = c.id AND o.operation = 'import'
    WHERE c.id = ${connectionId}::uuid`,
  )
  if (!seen) throw new Error('a connection that is not on record')
  return seen
}

export function vaultAnswers(facts: TargetFacts): boolean {
  return facts.kek.state !== 'not_known' && facts.nameState.state !== 'not_known'
}

const PERMISSION_OF = {
  working: 'seen-working',
  refused: 'refused',
  'not-known': 'not-known',
} as const satisfies Record<Capability['known'], PreflightCaller['importPermission']>

export function importCapability(capabilities: readonly Capability[]): Capability {
  return capabilities.find(({ operation }) => operation === 'import') ?? { operation: 'import', known: 'not-known' }
}
