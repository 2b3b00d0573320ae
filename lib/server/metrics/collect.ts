import 'server-only'
import type { Context } from '../context'
import { type PoolState, poolState } from '../db/pool-state'
import { withinAuditTime } from '../doors/audit-unavailable'
import { logFailure } from '../doors/log-failure'
import { type Instruments, instruments } from './instruments'
import { readSharedState, type SharedState } from './read-state'

/** The whole exposition, with what the database says now. A database that does not answer is told, not waited for. */
export async function collectMetrics(ctx: Pick<Context, 'db' | 'clock'>): Promise<{ type: string; text: string }> {
  const all = instruments()
  try {
    showState(all, await withinAuditTime(readSharedState(ctx)))
    all.databaseUp.set(1)
  } catch (error) {
    logFailure(error, { where: 'metrics', requestId: 'none' })
    forgetState(all)
    all.databaseUp.set(0)
  }
  showPool(all, poolState(ctx.db))
  return { type: all.registry.contentType, text: await all.registry.metrics() }
}

function showState(all: Instruments, state: SharedState): void {
  forgetState(all)
  all.operations.set({ status: 'pending' }, state.pending)
  all.operations.set({ status: 'indeterminate' }, state.indeterminate)
  all.oldestOperation.set(state.oldestOperation)
  all.reviews.set(state.reviews)
  all.alarms.set(state.alarms)
  all.sessions.set(state.sessions)
  for (const { state: health, count } of state.connections) all.connections.set({ state: health }, count)
  for (const { job, state: standing, count } of state.jobs) all.queue.set({ job, state: standing }, count)
}

/** What is not known is left out: an old number would say that all is as it was. */
function forgetState(all: Instruments): void {
  for (const gauge of [all.oldestOperation, all.reviews, all.alarms, all.sessions]) gauge.remove()
  for (const gauge of [all.operations, all.connections, all.queue]) gauge.reset()
}

function showPool({ pool }: Instruments, state: PoolState | undefined): void {
  if (!state) return
  pool.set({ state: 'total' }, state.total)
  pool.set({ state: 'idle' }, state.idle)
  pool.set({ state: 'waiting' }, state.waiting)
}
