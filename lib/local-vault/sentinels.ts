import type { HoldStage } from './admin/holds'

/** What a key's name can make the vault do wrong. */
export type SentinelEffect =
  | { kind: 'fail'; status: 503 }
  | { kind: 'slow'; seconds: number }
  | { kind: 'hang' }
  | { kind: 'reset-after-commit' }
  | { kind: 'hold'; stage: HoldStage }
  | { kind: 'throttle'; refusals: number; retryAfterSeconds: number }
  | { kind: 'substitute' }
  | { kind: 'against-policy'; decision: 'allow' | 'deny' }
  | { kind: 'linger'; seconds: number }

type Sentinel = {
  prefix: string
  operation: 'create' | 'import' | 'update' | 'delete' | 'release' | 'any'
  effect: SentinelEffect
}

/** A name that starts with `prefix` has the effect, so `fail-import-503-a` and `fail-import-503-b` live side by side. */
export const sentinels: readonly Sentinel[] = [
  { prefix: 'fail-import-503', operation: 'import', effect: { kind: 'fail', status: 503 } },
  { prefix: 'slow-import-5s', operation: 'import', effect: { kind: 'slow', seconds: 5 } },
  { prefix: 'hang-import', operation: 'import', effect: { kind: 'hang' } },
  { prefix: 'reset-import-after-commit', operation: 'import', effect: { kind: 'reset-after-commit' } },
  { prefix: 'hold-import-before-commit', operation: 'import', effect: { kind: 'hold', stage: 'before-commit' } },
  { prefix: 'hold-import-after-commit', operation: 'import', effect: { kind: 'hold', stage: 'after-commit' } },
  { prefix: 'substitute-import', operation: 'import', effect: { kind: 'substitute' } },
  { prefix: 'reset-create-after-commit', operation: 'create', effect: { kind: 'reset-after-commit' } },
  { prefix: 'fail-update-503', operation: 'update', effect: { kind: 'fail', status: 503 } },
  { prefix: 'slow-update-5s', operation: 'update', effect: { kind: 'slow', seconds: 5 } },
  { prefix: 'hang-update', operation: 'update', effect: { kind: 'hang' } },
  { prefix: 'reset-update-after-commit', operation: 'update', effect: { kind: 'reset-after-commit' } },
  { prefix: 'hold-update-before-commit', operation: 'update', effect: { kind: 'hold', stage: 'before-commit' } },
  { prefix: 'hold-update-after-commit', operation: 'update', effect: { kind: 'hold', stage: 'after-commit' } },
  { prefix: 'release-allow-anyway', operation: 'release', effect: { kind: 'against-policy', decision: 'allow' } },
  { prefix: 'release-deny-anyway', operation: 'release', effect: { kind: 'against-policy', decision: 'deny' } },
  { prefix: 'slow-delete-5s', operation: 'delete', effect: { kind: 'linger', seconds: 5 } },
  { prefix: 'throttle-', operation: 'any', effect: { kind: 'throttle', refusals: 2, retryAfterSeconds: 1 } },
]

/** The effect that a key's name asks for in this operation, if any. */
export function findSentinel(operation: string, name: string): SentinelEffect | undefined {
  const lower = name.toLowerCase()
  return sentinels.find((sentinel) => lower.startsWith(sentinel.prefix) && matches(sentinel, operation))?.effect
}

function matches(sentinel: Sentinel, operation: string): boolean {
  return sentinel.operation === 'any' || sentinel.operation === operation
}
