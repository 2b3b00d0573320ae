import 'server-only'
import type { Context } from '../context'
import { withinAuditTime } from '../doors/audit-unavailable'
import { keptInProcess } from '../kept'

/** Whether this console should be sent requests; told from outside as yes or no, and to the log why not. */
export type Readiness = 'ready' | 'starting' | 'draining' | 'database-silent' | 'other-migrations'

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
export function becomeReady(ctx: Pick<Context, 'db'>, migrations: readonly string[]): void {
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
 * The database answers within two seconds, and its migrations are this build's: all of ours applied to their end, and
 * none that we do not know, which a newer console's start would have left.
 */
export async function askDatabase({ db }: Pick<Context, 'db'>, migrations: readonly string[]): Promise<Readiness> {
  try {
    const applied = await withinAuditTime(
      db.$queryRaw<{ name: string }[]>`
        SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL`,
    )
    const names = new Set(applied.map(({ name }) => name))
    const same = names.size === migrations.length && migrations.every((name) => names.has(name))
    return same ? 'ready' : 'other-migrations'
  } catch {
    return 'database-silent' // every reason is this one: it did not answer the question
  }
}
