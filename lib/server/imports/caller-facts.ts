import 'server-only'
import type { Capability } from '@/lib/domain/connections/vault-operation'
import type { TargetFacts } from '@/lib/domain/imports/views'
import type { PreflightCaller } from '@/lib/domain/preflight/input'
import { CONNECTION_PARTS, toConnectionView } from '../connections/connection-view'
import type { Actor, Context } from '../context'
import { listDeciders } from '../people/list-deciders'

/** All but what the vault answers just now, so that both can be asked at once. */
export type CallerFacts = Omit<PreflightCaller, 'vaultAnswers'>

/** What preflight says about the caller: learnt from earlier calls, never from a trial. */
export async function readCallerFacts(ctx: Context, actor: Actor, connectionId: string): Promise<CallerFacts> {
  const [connection, deciders] = await Promise.all([
    ctx.db.connection.findUniqueOrThrow({ where: { id: connectionId }, include: CONNECTION_PARTS }),
    listDeciders(ctx.db, [actor.personId]),
  ])
  const capability = importCapability(toConnectionView(connection, 0).capabilities)
  return {
    importPermission: PERMISSION_OF[capability.known],
    otherApprovers: deciders.length,
    clockSkewMs: connection.health?.clockSkewMs ?? null,
  }
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
