import 'server-only'
import { clocksApart } from '@/lib/domain/failures/clocks-apart'
import type { Context } from '../context'
import { withinAuditTime } from '../doors/audit-unavailable'
import { keptInProcess } from '../kept'

/** Whether this console should be sent requests; told from outside as yes or no, and to the log why not. */
export type Readiness = 'ready' | 'starting' | 'draining' | 'database-silent' | 'other-migrations' | 'clock-apart'

interface Standing {
  /** Set at boot, when everything stands. */
  ask: (() => Promise<Readiness>) | undefined
  draining: boolean
}

const standing = () => keptInProcess<Standing>('standing', () => ({ ask: undefined, draining: false }))

export function readiness(): Promise<Readiness> {
  const { ask, draining } = standing()
  if (draining) return Promise.resolve('draining')
  return ask ? ask() : Promise.resolve('starting')
}

/** Boot is over: from now on the database decides. */
export function becomeReady(ctx: Pick<Context, 'db' | 'clock'>, migrations: readonly string[]): void {
  standing().ask = shared(() => askDatabase(ctx, migrations))
}

/** From now on no new request should come; those that do are still answered. */
export function beginDraining(): void {
  standing().draining = true
}

export const isDraining = (): boolean => standing().draining

/** Any number of probes at once ask once. */
function shared(ask: () => Promise<Readiness>): () => Promise<Readiness> {
  let under: Promise<Readiness> | undefined
  return () => {
    under ??= ask().finally(() => {
      under = undefined
    })
    return under
  }
}

/**
 * The database answers within two seconds, its migrations are this build's (all of ours applied to their end, and none
 * that we do not know, which a newer console's start would have left), and its clock agrees with this console's.
 */
export async function askDatabase(
  { db, clock }: Pick<Context, 'db' | 'clock'>,
  migrations: readonly string[],
): Promise<Readiness> {
  try {
    const [said] = await withinAuditTime(
      db.$queryRaw<{ names: string[] | null; now: Date }[]>`
        SELECT array_agg(migration_name) AS names, clock_timestamp() AS now
        FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
    )
    if (!said) return 'database-silent'
    const names = new Set(said.names)
    const same = names.size === migrations.length && migrations.every((name) => names.has(name))
    if (!same) return 'other-migrations'
    return clocksApart(said.now, clock()) === null ? 'ready' : 'clock-apart'
  } catch {
    return 'database-silent' // every reason is this one: it did not answer the question
  }
}
