import { describeObstacle } from '@/lib/domain/releases/describe-obstacle'
import type { PolicyApplied } from '@/lib/domain/releases/history/evaluation-views'
import { obstaclesOf } from '@/lib/domain/releases/obstacles'

/** Why a policy keeps a token out; nothing where it lets it in, or was not read. */
export function ObstacleList({ policy }: { policy: PolicyApplied | null }) {
  const reasons = policy?.trace ? obstaclesOf(policy.trace).map(describeObstacle) : []
  if (reasons.length === 0) return null
  return (
    <div className="flex flex-col gap-1 text-sm">
      <p>What stands between this token and the key:</p>
      <ul className="wrap-anywhere list-disc pl-5">
        {reasons.map((reason) => (
          <li key={reason}>{reason}</li>
        ))}
      </ul>
    </div>
  )
}
