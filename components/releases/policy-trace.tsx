import type { AuthorityTrace, ConditionTrace } from '@/lib/domain/releases/evaluate-policy'
import type { Scalar } from '@/lib/domain/releases/policy'
import { ScalarText } from '../release-policy/scalar-text'
import { VerdictMark } from '../release-policy/verdict-mark'

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
            <VerdictMark verdict={{ of: 'authority', met: false, isIssuer: false }} />
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
        <VerdictMark verdict={{ of: 'group', met: condition.met }} />
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

type ClaimTrace = Extract<ConditionTrace, { kind: 'claim' }>

function ClaimLine({ condition, actualOf }: { condition: ClaimTrace } & Pick<PolicyTraceProps, 'actualOf'>) {
  const { claim, wanted, operator, outcome, met } = condition
  return (
    <div className="flex min-w-0 flex-col gap-0.5 text-table">
      <code className="break-all font-mono">{claim}</code>
      <span className="flex flex-wrap items-baseline gap-x-4 gap-y-0.5">
        <span className="text-text-muted">
          {operator === 'equals' ? 'must be ' : `${operator} `}
          {wanted === null ? null : <ScalarText value={wanted} />}
        </span>
        <VerdictMark verdict={{ of: 'claim', met, outcome, actual: actualOf(claim) ?? null }} />
      </span>
    </div>
  )
}
