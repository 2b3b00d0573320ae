import { indentedPolicy } from '@/lib/domain/releases/indented-policy'
import { parseReleasePolicy } from '@/lib/domain/releases/parse-policy'
import type { Authority, Condition, Scalar } from '@/lib/domain/releases/policy'
import { describeProblem } from '@/lib/domain/releases/policy-problem'
import { CodeBlock } from '../ui/code-block'
import { Disclosure } from '../ui/disclosure'

/** What a release policy lets out and to whom, in sentences; its JSON beneath. */
export function PolicyInWords({ text }: { text: string }) {
  const read = parseReleasePolicy(text)
  return (
    <div className="flex min-w-0 flex-col gap-4">
      {read.ok ? (
        <ul aria-label="Who the key is released to" className="flex flex-col gap-4">
          {read.value.authorities.map((authority, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: parts of one fixed policy
            <AuthorityInWords key={index} authority={authority} isFirst={index === 0} />
          ))}
        </ul>
      ) : (
        <p className="max-w-prose text-sm">
          This policy can’t be read, so nobody can say what it lets out. {describeProblem(read.error)}
        </p>
      )}
      <Disclosure summary="The policy as JSON">
        <CodeBlock label="Release policy" code={indentedPolicy(text)} />
      </Disclosure>
    </div>
  )
}

function AuthorityInWords({ authority, isFirst }: { authority: Authority; isFirst: boolean }) {
  return (
    <li className="flex flex-col gap-1.5 text-sm">
      <span>
        {isFirst ? 'To an environment whose token was issued by' : 'Or to one whose token was issued by'}{' '}
        <code className="wrap-anywhere font-medium font-mono">{authority.authority}</code>, if
      </span>
      <div className="border-l-2 pl-4">
        <ConditionInWords condition={authority.condition} />
      </div>
    </li>
  )
}

const GROUPS = { allOf: 'all of these are so', anyOf: 'at least one of these is so' } as const

function ConditionInWords({ condition }: { condition: Condition }) {
  switch (condition.kind) {
    case 'claim':
      return (
        <span className="wrap-anywhere">
          <code className="font-mono">{condition.claim}</code> is <Value value={condition.equals} />
        </span>
      )
    case 'unsupported':
      return (
        <span className="wrap-anywhere">
          <code className="font-mono">{condition.claim}</code> {condition.operator} … (never met)
        </span>
      )
    case 'allOf':
    case 'anyOf':
      return (
        <>
          <span className="text-text-muted">{GROUPS[condition.kind]}:</span>
          <ul className="mt-1 flex list-disc flex-col gap-1 pl-5">
            {condition.conditions.map((each, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: parts of one fixed policy
              <li key={index}>
                <ConditionInWords condition={each} />
              </li>
            ))}
          </ul>
        </>
      )
  }
}

/** A text in quotes; a number or a boolean without. */
function Value({ value }: { value: Scalar }) {
  return <code className="font-mono font-medium">{JSON.stringify(value)}</code>
}
