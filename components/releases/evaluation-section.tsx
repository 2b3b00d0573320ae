import type { EvaluationDetail, EvidenceView } from '@/lib/domain/releases/history/evaluation-views'
import type { ReleaseView } from '@/lib/domain/releases/history/views'
import { routes } from '@/lib/routes'
import { Banner } from '../ui/banner'
import { DateTime } from '../ui/date-time'
import { DescriptionList } from '../ui/description-list'
import { Section } from '../ui/section'
import { TextLink } from '../ui/text-link'
import { ObstacleList } from './obstacle-list'
import { PolicyAppliedView } from './policy-applied-view'
import { tokenItems } from './token-facts-list'
import { verdictSentences } from './verdict-sentences'

type EvaluationSectionProps = { detail: EvaluationDetail; decision: ReleaseView['decision'] }

const TONES = {
  agrees: 'good',
  diverges: 'danger',
  'policy-not-known': 'attention',
  'not-by-policy': 'neutral',
} as const

/** Why a release was allowed or denied, evaluated again by its token and the policy of its instant. */
export function EvaluationSection({ detail, decision }: EvaluationSectionProps) {
  const { verdict, policy, token, evidence, earlier } = detail
  const { title, why } = verdictSentences(detail, decision)
  return (
    <Section id="evaluation" title="Evaluated again">
      <Banner tone={TONES[verdict]} title={title}>
        {why}
      </Banner>
      {detail.changed ? (
        <p className="max-w-prose text-sm">
          The policy changed between <DateTime value={detail.changed.from} relative="none" withSeconds /> and{' '}
          <DateTime value={detail.changed.to} relative="none" withSeconds />; which one the vault asked is not known.
        </p>
      ) : null}
      <ObstacleList policy={policy} />
      {policy ? <PolicyAppliedView policy={policy} /> : null}
      <h3 className="font-medium text-sm">The token</h3>
      <DescriptionList
        items={[{ term: 'Known because', detail: <Evidence evidence={evidence} /> }, ...tokenItems(token)]}
      />
      {earlier.length > 0 ? (
        <ul aria-label="Tokens supplied before" className="flex flex-col gap-1 text-sm text-text-muted">
          {earlier.map((each) => (
            <li key={each.at}>
              Counts no more: <Evidence evidence={each} />
            </li>
          ))}
        </ul>
      ) : null}
    </Section>
  )
}

function Evidence({ evidence }: { evidence: EvidenceView }) {
  if (evidence.source === 'own')
    return (
      <>
        it was <TextLink href={routes.madeRelease(evidence.operationId)}>asked for from this console</TextLink>
      </>
    )
  return (
    <>
      {evidence.byName} supplied it, <DateTime value={evidence.at} relative="inline" withSeconds />. Nothing in the
      vault’s log ties a token to a call: that it belongs to this one is their word.
    </>
  )
}
