import { FOREIGN_DIALECTS, recogniseDialect } from '@/lib/domain/releases/foreign-dialects'
import { lintPolicy } from '@/lib/domain/releases/lint-policy'
import { parseReleasePolicy } from '@/lib/domain/releases/parse-policy'
import { POLICY_FINDINGS, type PolicyFinding, type PolicyRisk } from '@/lib/domain/releases/policy-finding'
import { describeProblem } from '@/lib/domain/releases/policy-problem'
import { Badge } from '../ui/badge'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { CodeBlock } from '../ui/code-block'
import type { Tone } from '../ui/tone'
import { Mark } from './verdict-mark'

const RISKS = {
  widens: { tone: 'danger', word: 'Lets in more' },
  shuts: { tone: 'attention', word: 'Lets nothing in' },
  unsure: { tone: 'information', word: 'Not certain' },
} as const satisfies Record<PolicyRisk, { tone: Tone; word: string }>

type PolicyFindingsProps = { text: string; onReplace: (text: string) => void }

/** What is to be said of the policy: that it is none, what is written in its place, or which traps it steps into. */
export function PolicyFindings({ text, onReplace }: PolicyFindingsProps) {
  return (
    <div role="status" className="flex min-w-0 flex-col gap-3">
      <Said text={text} onReplace={onReplace} />
    </div>
  )
}

function Said({ text, onReplace }: PolicyFindingsProps) {
  if (text.trim() === '') return null
  const foreign = recogniseDialect(text)
  if (foreign) return <Translation {...foreign} onReplace={onReplace} />
  const read = parseReleasePolicy(text)
  if (!read.ok)
    return (
      <Banner tone="danger" title="No vault takes this policy">
        {describeProblem(read.error)}
      </Banner>
    )
  const findings = lintPolicy(read.value)
  return findings.length === 0 ? (
    <Mark tone="good" shape="check">
      It can be read, and steps into none of the known traps.
    </Mark>
  ) : (
    <FindingList findings={findings} />
  )
}

function FindingList({ findings }: { findings: readonly PolicyFinding[] }) {
  return (
    <ul aria-label="What to look at" className="flex flex-col border-t">
      {findings.map(({ code, at, subject }) => {
        const { risk, words } = POLICY_FINDINGS[code]
        return (
          <li key={`${code} ${at} ${subject}`} className="flex flex-wrap gap-x-3 gap-y-1 border-b py-2 text-sm">
            <span className="w-32 shrink-0">
              <Badge tone={RISKS[risk].tone}>{RISKS[risk].word}</Badge>
            </span>
            <span className="wrap-anywhere min-w-60 max-w-prose flex-1">
              {words}{' '}
              <code className="font-mono text-table text-text-muted">
                {subject}, {at}
              </code>
            </span>
          </li>
        )
      })}
    </ul>
  )
}

type TranslationProps = { dialect: 'tutorial' | 'base64'; policy: string | null; onReplace: (text: string) => void }

function Translation({ dialect, policy, onReplace }: TranslationProps) {
  return (
    <>
      <Banner
        tone="attention"
        title="No vault takes this policy"
        actions={
          policy === null ? null : (
            <Button size="small" onClick={() => onReplace(policy)}>
              Take the translation
            </Button>
          )
        }
      >
        {FOREIGN_DIALECTS[dialect]}
        {policy === null ? ' Not all of it has a counterpart, so it can’t be translated.' : ''}
      </Banner>
      {policy === null ? null : <CodeBlock code={policy} label="the translation" />}
    </>
  )
}
