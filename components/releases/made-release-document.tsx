import type { MadeRelease } from '@/lib/domain/releases/history/evaluation-views'
import { answerHolds } from '@/lib/domain/releases/release-answer'
import { routes } from '@/lib/routes'
import { Banner } from '../ui/banner'
import { DateTime } from '../ui/date-time'
import { DescriptionList } from '../ui/description-list'
import { KeyId } from '../ui/key-id'
import { Section } from '../ui/section'
import { TextLink } from '../ui/text-link'
import { AnswerChecks, AnswerFactsList } from './answer-checks'
import { madeSentences } from './made-sentences'
import { ObstacleList } from './obstacle-list'
import { PolicyAppliedView } from './policy-applied-view'
import { tokenItems } from './token-facts-list'

/** How a release from here ended, why, and everything by which somebody else can check it. */
export function MadeReleaseDocument({ made }: { made: MadeRelease }) {
  const { answer, policy, token } = made
  const { tone, title, text } = madeSentences(made)
  return (
    <>
      <Banner tone={tone} title={title}>
        {text}
      </Banner>
      <ObstacleList policy={policy} />
      {answer && !answerHolds(answer.verdicts) ? (
        <Banner tone="danger" title="The vault’s answer does not hold.">
          The vault answered that it released the key, but a check of that answer fails. Do not rely on it: look at the
          checks below, and at the address of this connection.
        </Banner>
      ) : null}
      {answer ? (
        <Section
          id="answer"
          title="The vault’s answer"
          lead="The released key is ciphertext for the key in the token. It was measured and let go of: length and digest are all that is kept."
        >
          <AnswerChecks answer={answer} />
          <div className="mt-3">
            <AnswerFactsList answer={answer} />
          </div>
        </Section>
      ) : null}
      {policy ? (
        <Section id="policy" title="What the policy says to this token">
          <PolicyAppliedView policy={policy} />
        </Section>
      ) : null}
      <Section id="request" title="What was asked">
        <DescriptionList items={askedItems(made)} />
      </Section>
      <Section id="token" title="The attestation token" lead="Kept whole, as evidence.">
        <DescriptionList items={tokenItems(token)} />
      </Section>
    </>
  )
}

function askedItems(made: MadeRelease) {
  return [
    { term: 'By', detail: made.byName },
    { term: 'Reason', detail: <span className="wrap-anywhere">{made.reason}</span> },
    { term: 'Asked', detail: <DateTime value={made.startedAt} relative="inline" withSeconds /> },
    { term: 'Version', detail: <KeyId value={made.keyVersion} label="Copy version" length={0} /> },
    { term: 'Algorithm', detail: <code className="font-mono text-table">{made.algorithm}</code> },
    {
      term: 'Nonce',
      detail: made.nonce ? <code className="break-all font-mono text-table">{made.nonce}</code> : 'none',
    },
    { term: 'Reference', detail: <KeyId value={made.operationId} label="Copy reference" length={0} /> },
    {
      term: 'The vault’s request id',
      detail: made.vaultRequestId ? (
        <KeyId value={made.vaultRequestId} label="Copy request id" length={0} />
      ) : (
        <span className="text-text-muted">none</span>
      ),
    },
    {
      term: 'In the release history',
      detail: made.record ? (
        <TextLink href={routes.release(made.record)}>as the vault’s own log tells it</TextLink>
      ) : (
        <span className="text-text-muted">not yet: the vault’s log was not read so far</span>
      ),
    },
  ]
}
