import { memo } from 'react'
import type { OutlineProblem } from '@/lib/client/release-policy/outline-problem'
import { placeWords } from '@/lib/client/release-policy/place-words'
import { recogniseDialect } from '@/lib/domain/releases/foreign-dialects'
import { lintPolicy } from '@/lib/domain/releases/lint-policy'
import { parseReleasePolicy } from '@/lib/domain/releases/parse-policy'
import { POLICY_FINDINGS, type PolicyFinding, type PolicyRisk } from '@/lib/domain/releases/policy-finding'
import { describeProblem } from '@/lib/domain/releases/policy-problem'
import { Badge } from '../ui/badge'
import { Banner } from '../ui/banner'
import { LiveRegion } from '../ui/live-region'
import type { Tone } from '../ui/tone'
import { Mark } from './verdict-mark'

const RISKS = {
  widens: { tone: 'danger', word: 'Lets in more' },
  shuts: { tone: 'attention', word: 'Lets nothing in' },
  unsure: { tone: 'information', word: 'Not certain' },
} as const satisfies Record<PolicyRisk, { tone: Tone; word: string }>

type PolicyFindingsProps = { text: string; problem: OutlineProblem | null }

/** What is to be said of the policy: that it is none, or which traps it steps into. */
export const PolicyFindings = memo(function PolicyFindings({ text, problem }: PolicyFindingsProps) {
  const said = sayOf(text, problem)
  return (
    <div className="flex min-w-0 flex-col gap-3">
      <LiveRegion>{inBrief(said)}</LiveRegion>
      <Said said={said} />
    </div>
  )
})

type Finding =
  | { say: 'nothing' }
  | { say: 'foreign' }
  | { say: 'no-policy'; words: string }
  | { say: 'findings'; findings: PolicyFinding[] }

function sayOf(text: string, problem: OutlineProblem | null): Finding {
  if (text.trim() === '') return { say: 'nothing' }
  if (recogniseDialect(text)) return { say: 'foreign' }
  // Where the text itself is broken, its field says where.
  if (problem && problem.code !== 'other-shape') return { say: 'nothing' }
  const read = parseReleasePolicy(text)
  return read.ok
    ? { say: 'findings', findings: lintPolicy(read.value) }
    : { say: 'no-policy', words: describeProblem(read.error) }
}

/** Aloud, and not anew at every key: it changes when there is something else to look at. */
function inBrief(said: Finding): string {
  switch (said.say) {
    case 'nothing':
      return ''
    case 'findings':
      return said.findings.length === 0
        ? 'No known trap in the policy.'
        : `To look at in the policy: ${said.findings.length}.`
    case 'foreign':
    case 'no-policy':
      return 'No vault takes this policy.'
  }
}

function Said({ said }: { said: Finding }) {
  switch (said.say) {
    case 'nothing':
    case 'foreign':
      return null
    case 'no-policy':
      return (
        <Banner tone="danger" title="No vault takes this policy">
          {said.words}
        </Banner>
      )
    case 'findings':
      return said.findings.length > 0 ? (
        <FindingList findings={said.findings} />
      ) : (
        <Mark tone="good" shape="check">
          It can be read, and steps into none of the known traps.
        </Mark>
      )
  }
}

/** Of one trap so many places are named. */
const mostPlaces = 5

function FindingList({ findings }: { findings: readonly PolicyFinding[] }) {
  return (
    <ul aria-label="What to look at" className="flex flex-col border-t">
      {[...new Set(findings.map(({ code }) => code))].map((code) => {
        const { risk, words } = POLICY_FINDINGS[code]
        const found = findings.filter((each) => each.code === code)
        return (
          <li key={code} className="flex flex-wrap gap-x-3 gap-y-1 border-b py-2 text-sm">
            <span className="w-32 shrink-0">
              <Badge tone={RISKS[risk].tone}>{RISKS[risk].word}</Badge>
            </span>
            <span className="wrap-anywhere min-w-60 max-w-prose flex-1">
              {words}
              {found.slice(0, mostPlaces).map(({ at, subject }) => (
                <span key={`${at} ${subject}`} className="block text-table text-text-muted">
                  {placeWords(at)}: <code className="font-mono">{subject}</code>
                </span>
              ))}
              {found.length > mostPlaces ? (
                <span className="block text-table text-text-muted">and at {found.length - mostPlaces} more places</span>
              ) : null}
            </span>
          </li>
        )
      })}
    </ul>
  )
}
