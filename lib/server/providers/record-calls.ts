import 'server-only'
import type { VaultOperation } from '@/lib/domain/connections/vault-operation'
import type { CallObserver, ProviderError, ProviderErrorCode } from '@/lib/providers/port'
import type { Context } from '../context'
import { logFailure } from '../doors/log-failure'

/** The same news of the same call is written at most this often. */
const EVERY_MS = 10_000

/** Says that the vault itself is in trouble, as opposed to having refused what was asked. */
const NOT_ANSWERING: readonly ProviderErrorCode[] = [
  'vault-unreachable',
  'vault-timeout',
  'connection-lost',
  'vault-error',
]

/** An error of the connection itself; what one key or one request was refused for is not. */
const OF_THE_CONNECTION: readonly ProviderErrorCode[] = [
  ...NOT_ANSWERING,
  'throttled',
  'not-authenticated',
  'not-permitted',
  'not-activated',
  'unexpected-answer',
  'foreign-challenge',
  'credential-missing',
]

type Needs = Pick<Context, 'db' | 'clock'>

/** Keeps what real calls told: seen working at, refused at, and whether the vault answers. Never delays or fails a call. */
export function recordCalls(ctx: Needs, connectionId: string): CallObserver {
  const written = new Map<string, number>()
  const once = (news: string, write: () => Promise<unknown>) => {
    const now = Date.now()
    if (now - (written.get(news) ?? 0) < EVERY_MS) return
    written.set(news, now)
    write().catch((error: unknown) => logFailure(error, { where: 'record of calls', requestId: connectionId }))
  }
  return {
    worked: (operation, latencyMs) =>
      once(`worked ${operation}`, async () => {
        await noteOperation(ctx, connectionId, operation, { workedAt: ctx.clock() })
        await noteAnswer(ctx, connectionId, latencyMs)
      }),
    failed: (operation, error) =>
      once(`failed ${operation} ${error.code}`, async () => {
        if (error.code === 'not-permitted') {
          await noteOperation(ctx, connectionId, operation, { refusedAt: ctx.clock() })
        }
        if (OF_THE_CONNECTION.includes(error.code)) await noteFailure(ctx, connectionId, error)
      }),
  }
}

async function noteOperation(
  ctx: Needs,
  connectionId: string,
  operation: VaultOperation,
  seen: { workedAt: Date } | { refusedAt: Date },
): Promise<void> {
  const where = { connectionId_operation: { connectionId, operation } }
  await ctx.db.connectionOperation.upsert({ where, create: { connectionId, operation, ...seen }, update: seen })
}

async function noteAnswer(ctx: Needs, connectionId: string, latencyMs: number): Promise<void> {
  const at = ctx.clock()
  const seen = { state: 'answering', checkedAt: at, lastAnswerAt: at, latencyMs }
  await ctx.db.connectionHealth.upsert({ where: { connectionId }, create: { connectionId, ...seen }, update: seen })
}

async function noteFailure(ctx: Needs, connectionId: string, { code }: ProviderError): Promise<void> {
  const at = ctx.clock()
  const state = stateAfter(code)
  const seen = { checkedAt: at, lastErrorAt: at, lastErrorCode: code, ...(state ? { state } : {}) }
  await ctx.db.connectionHealth.upsert({
    where: { connectionId },
    create: { connectionId, state: 'not_known', ...seen },
    update: seen,
  })
}

function stateAfter(code: ProviderErrorCode): string | undefined {
  if (code === 'not-activated') return 'not_activated'
  return NOT_ANSWERING.includes(code) ? 'not_answering' : undefined
}
