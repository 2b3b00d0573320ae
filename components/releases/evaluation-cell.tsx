import { environmentWords } from '@/lib/domain/releases/environment'
import type { EvaluationMark } from '@/lib/domain/releases/history/evaluation-views'
import { DateTime } from '../ui/date-time'
import { VerdictBadge } from './verdict-badge'

/** In the history's table: what the policy said to it, or why nobody can say. */
export function EvaluationCell({ evaluation }: { evaluation: EvaluationMark | null }) {
  if (!evaluation) return <span className="text-text-muted">Not evaluated: the provider’s log holds no claims</span>
  const { verdict, source, changed, environment } = evaluation
  return (
    <span className="flex flex-col items-start gap-0.5">
      <VerdictBadge verdict={verdict} />
      <span className="text-text-muted text-xs">
        {source === 'own' ? 'asked for here' : 'by a token supplied later'}
      </span>
      {environment ? <span className="wrap-anywhere text-xs">{environmentWords(environment)}</span> : null}
      {changed ? (
        <span className="text-text-muted text-xs">
          changed between <DateTime value={changed.from} relative="none" withSeconds /> and{' '}
          <DateTime value={changed.to} relative="none" withSeconds />, not known which
        </span>
      ) : null}
    </span>
  )
}
