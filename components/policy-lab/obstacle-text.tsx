import type { ClaimOutcome } from '@/lib/domain/releases/evaluate-policy'
import type { Obstacle } from '@/lib/domain/releases/obstacles'
import { ScalarText } from '../release-policy/scalar-text'

const OUTCOMES = {
  exact: 'is met',
  'as-text': 'is met as a text',
  different: 'is not',
  missing: 'is missing',
  'not-scalar': 'is a list or an object',
  'unsupported-operator': 'is asked for by an operator that is never met',
} as const satisfies Record<ClaimOutcome, string>

/** What stands between a token and the key, in words. */
export function ObstacleText({ obstacle }: { obstacle: Obstacle }) {
  if (obstacle.kind === 'no-authority') return <>No authority of the policy issued it.</>
  const { claim, wanted, outcome } = obstacle
  const isOther = outcome === 'different' && wanted !== null
  return (
    <>
      <code className="break-all font-mono">{claim}</code> {OUTCOMES[outcome]}
      {isOther ? (
        <>
          {' '}
          <ScalarText value={wanted} />
        </>
      ) : null}
    </>
  )
}
