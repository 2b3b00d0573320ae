import { problemWords } from '@/lib/client/acts/use-act'
import { FIELD_IDS } from '@/lib/client/import/field-ids'
import type { FactsState } from '@/lib/client/import/wizard'
import { tallyOf, tallyWords } from '@/lib/client/preflight/tally'
import { NOT_KNOWABLE } from '@/lib/domain/preflight/not-knowable'
import { ProblemSummary } from '../form/problem-summary'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { DateTime } from '../ui/date-time'
import { LiveRegion } from '../ui/live-region'
import { Spinner } from '../ui/spinner'
import type { StepProps } from './import-wizard'
import { PreflightNeeds, rowNeedsYou } from './preflight-needs'
import { PreflightReportList, type ReportRow } from './preflight-report'

export function StepPreflight({ wizard, errorOf }: StepProps) {
  const { state, report, askAgain } = wizard
  const { submission, answers } = state
  const taken = submission.state === 'refused' && submission.problem.code === 'name-in-use' && submission.problem
  const needsYou = (row: ReportRow) => rowNeedsYou(row, state)

  return (
    <div className="flex flex-col gap-6">
      {taken && answers.typedName !== answers.name ? <ProblemSummary problem={taken} /> : null}
      <div className="flex flex-wrap items-center justify-between gap-4">
        <LiveRegion visible>
          <span className="font-medium">{tallyWords(tallyOf(report.rows))}</span>
        </LiveRegion>
        <Button id={FIELD_IDS.askAgain} size="small" onClick={askAgain}>
          Ask the vault again
        </Button>
      </div>
      <FactsNote facts={state.facts} />
      <PreflightNeeds wizard={wizard} errorOf={errorOf} />
      <PreflightReportList rows={report.rows.filter((row) => !needsYou(row))} />
      <section aria-labelledby="not-knowable" className="flex flex-col gap-2">
        <h2 id="not-knowable" className="font-semibold text-base">
          Not knowable before the upload
        </h2>
        <dl className="flex flex-col gap-2 text-sm">
          {NOT_KNOWABLE.map(({ id, title, why }) => (
            <div key={id}>
              <dt className="font-medium">{title}</dt>
              <dd className="text-text-muted">{why}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  )
}

/** How fresh the vault's facts are, or why there are none. */
function FactsNote({ facts }: { facts: FactsState }) {
  if (facts.state === 'known') {
    return (
      <p className="text-sm text-text-muted">
        The vault was asked about name and KEK at <DateTime value={facts.at} relative="none" withSeconds />.
      </p>
    )
  }
  if (facts.state === 'failed') {
    return (
      <Banner tone="danger" title="The vault could not be asked about name and KEK.">
        {problemWords(facts.problem)}
      </Banner>
    )
  }
  return <Spinner label="Asking the vault about name and KEK" />
}
