import { isAnythingRead } from '@/lib/domain/releases/history/is-anything-read'
import type { ReleaseReport } from '@/lib/domain/releases/history/report-views'
import { routes } from '@/lib/routes'
import { DateTime } from '../ui/date-time'
import { DescriptionList } from '../ui/description-list'
import { Fingerprint } from '../ui/fingerprint'
import { Section } from '../ui/section'
import { TextLink } from '../ui/text-link'
import { ReportChanges } from './report-changes'
import { NOT_KNOWABLE, NOTHING_READ } from './report-limits'
import { ReportPast } from './report-past'
import { ReportPolicyTexts } from './report-policy-texts'
import { ReportReadingPart } from './report-reading'
import { ReportRows } from './report-rows'
import { ReportSightings } from './report-sightings'

/** One key's releases in one period as a document; how complete it is stands first. */
export function ReportDocument({ report }: { report: ReleaseReport }) {
  const { counts, total, evaluated } = report
  const number = (value: number) => value.toLocaleString('en')
  return (
    <div className="flex flex-col gap-8">
      <Section id="complete" title="How complete this is">
        <ReportReadingPart report={report} />
      </Section>
      <Section
        id="releases"
        title="Calls for this key"
        lead={
          total === 0
            ? noCall(report)
            : `${number(total)} ${total === 1 ? 'call' : 'calls'}: ${number(counts.allowed)} released, ${number(counts.denied)} denied, ${number(counts.failed)} failed. ${number(evaluated)} of ${number(total)} evaluated against a policy.`
        }
      >
        <Cut report={report} />
        {report.rows.length > 0 ? <ReportRows rows={report.rows} /> : null}
      </Section>
      <Section
        id="policies"
        title="Release policies that the vault was seen to have"
        lead="Between two that differ nobody knows which one held. A policy that was changed and changed back between two looks goes unseen."
      >
        <ReportSightings report={report} />
      </Section>
      <Section id="changes" title="Policy changes asked for and decided here">
        <ReportChanges report={report} />
      </Section>
      <Section
        id="past"
        title="Changes to the key that were not done through Drawbridge"
        lead="As far as the vault’s log was read. Attempts that the vault refused are not among them."
      >
        <ReportPast report={report} />
      </Section>
      <Section id="limits" title="What is not known, and can’t be">
        <ul className="flex max-w-prose list-disc flex-col gap-1 pl-5 text-sm">
          {NOT_KNOWABLE.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Section>
      <Section id="made" title="This report">
        <Made report={report} />
      </Section>
      <Section
        id="policy-texts"
        title="Appendix: the policies’ texts"
        lead="Each under the SHA-256 of its text, to the letter as it stands here."
      >
        <ReportPolicyTexts report={report} />
      </Section>
    </div>
  )
}

function noCall(report: ReleaseReport): string {
  return isAnythingRead(report)
    ? 'What was read of the vault’s log tells of no call for this key in this period.'
    : NOTHING_READ
}

function Cut({ report: { rows, total, vaultName, key, from, to } }: { report: ReleaseReport }) {
  const oldest = rows[0]
  if (rows.length >= total || !oldest) return null
  const q = `key:"${key}" vault:"${vaultName}"`
  return (
    <p className="max-w-prose text-attention text-sm">
      Cut: these are the newest {rows.length.toLocaleString('en')}, from{' '}
      <DateTime value={oldest.record.at} relative="none" withSeconds /> on. For the earlier ones make a report that ends
      on that day, or export them all from{' '}
      <TextLink href={routes.releases({ q, from, to })}>the release history</TextLink>.
    </p>
  )
}

function Made({ report: { made, factsSha256 } }: { report: ReleaseReport }) {
  return (
    <DescriptionList
      items={[
        { term: 'Made', detail: <DateTime value={made.at} relative="none" withSeconds /> },
        {
          term: 'By',
          detail: (
            <>
              {made.by}
              <span className="block break-all text-text-muted text-xs">
                {made.subject} at {made.issuer}
              </span>
            </>
          ),
        },
        {
          term: 'Digest of its facts',
          detail: (
            <>
              <Fingerprint value={factsSha256} label="Copy the digest" />
              <span className="mt-1 block text-text-muted text-xs">
                SHA-256. Two prints with the same digest say the same of the same key and period. It is no signature.
              </span>
            </>
          ),
        },
      ]}
    />
  )
}
