import type { AuthorityTrace, ClaimOutcome, ConditionTrace } from '@/lib/domain/releases/evaluate-policy'
import type { Scalar } from '@/lib/domain/releases/policy'
import { Shape, type ShapeName } from '../ui/shape'
import { type Tone, toneText } from '../ui/tone'

type PolicyTraceProps = {
  trace: readonly AuthorityTrace[]
  /** What the token says to a claim, where it says a plain value. */
  actualOf: (claim: string) => Scalar | undefined
}

/** What a policy makes of one token: every authority and condition, with what was wanted and what the token says. */
export function PolicyTrace({ trace, actualOf }: PolicyTraceProps) {
  return (
    <ol aria-label="What the policy makes of the token" className="flex flex-col gap-4">
      {trace.map((authority, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts of one fixed policy
        <li key={index} className="flex min-w-0 flex-col gap-2">
          <p className="wrap-anywhere text-sm">
            <span className="text-text-muted">Authority </span>
            <code className="font-mono text-table">{authority.authority}</code>
          </p>
          {authority.condition ? (
            <ConditionLine condition={authority.condition} actualOf={actualOf} />
          ) : (
            <Mark tone="neutral" shape="ring" words="Not the issuer of this token, so its conditions are not asked" />
          )}
        </li>
      ))}
    </ol>
  )
}

const GROUPS = { allOf: 'All of', anyOf: 'One of' } as const

function ConditionLine({ condition, actualOf }: { condition: ConditionTrace } & Pick<PolicyTraceProps, 'actualOf'>) {
  if (condition.kind === 'claim') return <ClaimLine condition={condition} actualOf={actualOf} />
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <p className="flex flex-wrap items-baseline gap-x-2 text-table">
        <span className="text-text-muted">{GROUPS[condition.kind]}</span>
        <Mark {...(condition.met ? MET : NOT_MET)} />
      </p>
      <ul className="flex min-w-0 flex-col border-l-2 pl-3">
        {condition.conditions.map((each, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts of one fixed policy
          <li key={index} className="min-w-0 border-b py-2 last:border-b-0">
            <ConditionLine condition={each} actualOf={actualOf} />
          </li>
        ))}
      </ul>
    </div>
  )
}

const MET = { tone: 'good', shape: 'check', words: 'Met' } as const
const NOT_MET = { tone: 'danger', shape: 'cross', words: 'Not met' } as const

const OUTCOMES = {
  exact: MET,
  'as-text': { tone: 'attention', shape: 'triangle', words: 'Met, as a text' },
  different: NOT_MET,
  missing: { tone: 'danger', shape: 'cross', words: 'Not met: the token has no such claim' },
  'not-scalar': { tone: 'danger', shape: 'cross', words: 'Not met: a list or an object' },
  'unsupported-operator': { tone: 'danger', shape: 'cross', words: 'Never met: only “equals” is' },
} as const satisfies Record<ClaimOutcome, { tone: Tone; shape: ShapeName; words: string }>

type ClaimTrace = Extract<ConditionTrace, { kind: 'claim' }>

function ClaimLine({ condition, actualOf }: { condition: ClaimTrace } & Pick<PolicyTraceProps, 'actualOf'>) {
  const { claim, wanted, operator, outcome } = condition
  const actual = actualOf(claim)
  const says = actual !== undefined && outcome !== 'exact'
  return (
    <div className="flex min-w-0 flex-col gap-0.5 text-table">
      <code className="break-all font-mono">{claim}</code>
      <span className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5">
        <span className="text-text-muted">
          {operator === 'equals' ? 'must be ' : `${operator} `}
          {wanted === null ? null : <Value value={wanted} />}
        </span>
        {says ? (
          <span className="text-text-muted">
            the token says <Value value={actual} />
          </span>
        ) : null}
        <Mark {...OUTCOMES[outcome]} />
      </span>
    </div>
  )
}

/** As JSON writes it, so that "false" and false look different. */
function Value({ value }: { value: Scalar }) {
  const text = JSON.stringify(value)
  return <code className="break-all font-mono text-text">{text.length > 120 ? `${text.slice(0, 120)}…` : text}</code>
}

function Mark({ tone, shape, words }: { tone: Tone; shape: ShapeName; words: string }) {
  return (
    <span className={`inline-flex items-baseline gap-1.5 font-medium text-table ${toneText[tone]}`}>
      <Shape name={shape} className="relative top-px" />
      {words}
    </span>
  )
}
