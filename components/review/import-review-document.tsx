import { tallyOf, tallyWords } from '@/lib/client/preflight/tally'
import { PROBLEM_WORDS } from '@/lib/domain/actions/action-result'
import { parseKeyId } from '@/lib/domain/keys/key-id'
import { NEW_VERSION_CONSEQUENCES } from '@/lib/domain/preflight/name-state-check'
import { approveLabel } from '@/lib/domain/reviews/approval-policy'
import type { ImportReview } from '@/lib/domain/reviews/views'
import { routes } from '@/lib/routes'
import { ImportFacts } from '../import/import-facts'
import { PreflightReportList } from '../import/preflight-report'
import { asVerdict } from '../import/record-report-rows'
import { WhatHappensNext } from '../import/what-happens-next'
import { ActsAsCode } from '../keys/acts-as-code'
import { Banner } from '../ui/banner'
import { Disclosure } from '../ui/disclosure'
import { LinkButton } from '../ui/link-button'
import { Section } from '../ui/section'
import { ClosedDecision } from './closed-decision'
import { DecideImport, type DecideImportProps } from './decide-import'
import { DeleteRejected } from './delete-rejected'
import { FactsBeside } from './facts-beside'
import { TwoClocks } from './two-clocks'
import { WhoDecides } from './who-decides'

type ImportReviewProps = {
  review: ImportReview
  actions: Pick<DecideImportProps, 'approve' | 'reject'> & { remove: Parameters<typeof DeleteRejected>[0]['remove'] }
}

/** All that an approver must see before the buttons, in the order in which one reads it. */
export function ImportReviewDocument({ review, actions }: ImportReviewProps) {
  const { import: view } = review
  const waiting = view.status === 'awaiting_review'
  const { version } = (view.kid ? parseKeyId(view.kid) : undefined) ?? {}
  const at = version ? { url: view.vaultUrl, name: view.keyName, version } : null
  const rows = review.preflight.map((row) => ({ ...row, verdict: asVerdict(row.verdict) }))
  return (
    <>
      {waiting ? (
        <WhoDecides cannotDecide={review.cannotDecide} approvals={review.approvals} />
      ) : (
        <WhatHappensNext view={view} />
      )}
      {waiting && review.addedToExistingName ? (
        <Banner tone="attention" title={`This version was added to the key ${view.keyName}, which existed.`}>
          {NEW_VERSION_CONSEQUENCES}
        </Banner>
      ) : null}
      <Section id="request" title="What was submitted">
        <ImportFacts view={view} besideFrozen />
      </Section>
      <Section id="facts" title="Frozen request and vault">
        <FactsBeside facts={review.facts} at={review.factsAt} problem={review.factsProblem} open={waiting} />
      </Section>
      <Section id="preflight" title="Preflight, as it was submitted">
        <Disclosure summary={tallyWords(tallyOf(rows))}>
          <PreflightReportList heading="h3" rows={rows} />
        </Disclosure>
      </Section>
      {waiting && at ? (
        <Section
          id="code"
          title="As code"
          lead="What Drawbridge sends once the review is decided. Done past it, no second officer has compared the key."
        >
          <ActsAsCode at={at} acts={['enable', 'disable', 'delete']} attributesOnly />
        </Section>
      ) : null}
      {waiting ? <Decision review={review} actions={actions} /> : null}
      {review.mayDelete ? <DeleteRejected importId={view.id} keyName={view.keyName} remove={actions.remove} /> : null}
      {waiting ? null : (
        <div className="flex flex-wrap gap-2">
          <LinkButton href={routes.ceremonyRecord(view.id)}>Ceremony record</LinkButton>
          <LinkButton href={routes.reviews()}>All reviews</LinkButton>
        </div>
      )}
    </>
  )
}

function Decision({ review, actions }: ImportReviewProps) {
  const { import: view, frozenSha256 } = review
  if (!frozenSha256) return null
  const changed = review.facts?.some(({ differs }) => differs)
  return (
    <>
      <Section id="clocks" title="What your approval covers">
        <TwoClocks frozenSha256={frozenSha256} required={review.approvals.required} />
      </Section>
      <Section id="decide" title="Decide">
        {review.cannotDecide ? (
          <ClosedDecision because={review.cannotDecide} />
        ) : (
          <DecideImport
            seen={{ importId: view.id, revision: view.revision, frozenSha256 }}
            keyName={view.keyName}
            symmetric={review.needsCheckValue}
            addedToExistingName={review.addedToExistingName}
            approveLabel={approveLabel(review.approvals)}
            enableBlockedBecause={blockedBecause(review, changed ?? false)}
            approve={actions.approve}
            reject={actions.reject}
          />
        )}
      </Section>
    </>
  )
}

function blockedBecause({ facts, approvals }: ImportReview, changed: boolean): string | undefined {
  if (approvals.mineWaits) return PROBLEM_WORDS['already-approved']
  if (!facts) return 'The vault could not be read. Reload when it answers.'
  return changed ? 'What the vault holds is not what was submitted.' : undefined
}
