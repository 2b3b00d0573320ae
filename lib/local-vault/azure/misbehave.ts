import type { HoldStage, Holds } from '../admin/holds'
import { findSentinel, type SentinelEffect } from '../sentinels'
import { Fault, throttled } from './fault'

/** A sentinel asked for the connection to be reset after the commit. */
export class ConnectionCut extends Error {}

export type Sentinelled = {
  before(): Promise<void>
  after(): Promise<void>
  substitutes: boolean
  againstPolicy: 'allow' | 'deny' | null
  deletionSeconds: number
}
export type Misbehaviour = (vault: string, operation: string, name: string) => Sentinelled

/** Turns sentinel names into what happens around an operation. Throttling is counted per vault, operation and name. */
export function createMisbehaviour(holds: Holds, now: () => number): Misbehaviour {
  const calls = new Map<string, number>()

  return (vault, operation, name) => {
    const effect = findSentinel(operation, name)
    const hold = (stage: HoldStage) =>
      holds.hold({ vault, operation, name, stage, since: new Date(now()).toISOString() })
    return {
      before: () =>
        before(effect, {
          hold,
          hang: holds.hang,
          count: () => countCall(calls, `${vault}/${operation}/${name.toLowerCase()}`),
        }),
      after: () => after(effect, hold),
      substitutes: effect?.kind === 'substitute',
      againstPolicy: effect?.kind === 'against-policy' ? effect.decision : null,
      deletionSeconds: effect?.kind === 'linger' ? effect.seconds : 0,
    }
  }
}

type Hold = (stage: HoldStage) => Promise<void>
type Means = { hold: Hold; hang: () => Promise<never>; count: () => number }

async function before(effect: SentinelEffect | undefined, means: Means): Promise<void> {
  switch (effect?.kind) {
    case 'fail':
      throw new Fault(effect.status, 'ServiceUnavailable', 'The service is temporarily unavailable.')
    case 'slow':
      return new Promise((resolve) => setTimeout(resolve, effect.seconds * 1000))
    case 'hang':
      return means.hang()
    case 'throttle':
      if (means.count() % (effect.refusals + 1) < effect.refusals) throw throttled(effect.retryAfterSeconds)
      return
    case 'hold':
      return effect.stage === 'before-commit' ? means.hold(effect.stage) : undefined
  }
}

async function after(effect: SentinelEffect | undefined, hold: Hold): Promise<void> {
  if (effect?.kind === 'reset-after-commit') throw new ConnectionCut()
  if (effect?.kind === 'hold' && effect.stage === 'after-commit') await hold(effect.stage)
}

function countCall(calls: Map<string, number>, key: string): number {
  const count = calls.get(key) ?? 0
  calls.set(key, count + 1)
  return count
}
