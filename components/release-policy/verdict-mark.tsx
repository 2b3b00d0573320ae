import clsx from 'clsx'
import type { ClaimOutcome } from '@/lib/domain/releases/evaluate-policy'
import type { Scalar } from '@/lib/domain/releases/policy'
import { Shape, type ShapeName } from '../ui/shape'
import { type Tone, toneText } from '../ui/tone'
import { ScalarText } from './scalar-text'
import type { Verdict } from './verdicts'

const marks = {
  exact: { tone: 'good', shape: 'check', words: 'Met' },
  'as-text': { tone: 'attention', shape: 'triangle', words: 'Met as a text' },
  different: { tone: 'danger', shape: 'cross', words: 'Not met' },
  missing: { tone: 'danger', shape: 'question', words: 'Missing in the token' },
  'not-scalar': { tone: 'danger', shape: 'cross', words: 'Not met: the token has a list or an object there' },
  'unsupported-operator': { tone: 'danger', shape: 'cross', words: 'Never met: only “equals” is' },
} as const satisfies Record<ClaimOutcome, { tone: Tone; shape: ShapeName; words: string }>

/** What the token in view makes of a place in the policy, in a shape and words. */
export function VerdictMark({ verdict }: { verdict: Verdict | undefined }) {
  if (!verdict) return null
  if (verdict.of === 'claim') return <ClaimMark {...verdict} />
  if (verdict.of === 'authority' && !verdict.isIssuer)
    return (
      <Mark tone="neutral" shape="ring">
        Another issued the token: not looked at
      </Mark>
    )
  return verdict.met ? (
    <Mark tone="good" shape="check">
      Met
    </Mark>
  ) : (
    <Mark tone="danger" shape="cross">
      Not met
    </Mark>
  )
}

function ClaimMark({ outcome, actual }: { outcome: ClaimOutcome; actual: Scalar | null }) {
  const { tone, shape, words } = marks[outcome]
  const says = actual !== null && outcome !== 'exact' && outcome !== 'unsupported-operator'
  return (
    <Mark tone={tone} shape={shape}>
      {words}
      {says ? (
        <>
          : the token says <ScalarText value={actual} />
        </>
      ) : null}
    </Mark>
  )
}

export function Mark({ tone, shape, children }: { tone: Tone; shape: ShapeName; children: React.ReactNode }) {
  return (
    <span className={clsx('wrap-anywhere inline-flex items-baseline gap-1.5 font-medium text-table', toneText[tone])}>
      <Shape name={shape} className="relative top-px" />
      <span>{children}</span>
    </span>
  )
}
