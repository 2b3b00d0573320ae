import type { ReactNode } from 'react'
import type { CeremonyRecord } from '@/lib/domain/imports/views'
import { DateTime } from '../ui/date-time'
import { type Description, DescriptionList } from '../ui/description-list'
import { Fingerprint } from '../ui/fingerprint'
import { KeyId } from '../ui/key-id'
import { Section } from '../ui/section'
import { recordDecision, recordFile, recordKey } from './ceremony-record-rows'
import { PreflightReportList } from './preflight-report'
import { recordReportRows } from './record-report-rows'

/** One import's ceremony record as a document: for the folder, and for the officer who compares. */
export function CeremonyRecordDocument({ record }: { record: CeremonyRecord }) {
  return (
    <div className="flex flex-col gap-8">
      <Part id="participants" title="Participants">
        <DescriptionList
          items={record.participants.map((person) => ({
            term: person.role,
            detail: (
              <>
                {person.name}, <DateTime value={person.at} relative="none" withSeconds />
                <span className="block break-all text-text-muted text-xs">
                  {person.subject} at {person.issuer}
                </span>
              </>
            ),
          }))}
        />
      </Part>
      <Part id="file" title="File and tool">
        <DescriptionList items={recordFile(record)} />
      </Part>
      <Part id="kek" title="KEK">
        <DescriptionList items={kekRows(record)} />
      </Part>
      <Part id="key" title="Key">
        <DescriptionList items={recordKey(record)} />
      </Part>
      <Part id="decision" title="Comparison and decision">
        <DescriptionList items={recordDecision(record)} />
      </Part>
      <Part id="answers" title="The vault’s answers">
        <DescriptionList
          items={record.vaultAnswers.map((answer) => ({
            term: answer.what,
            detail: (
              <>
                <DateTime value={answer.at} relative="none" withSeconds />
                <span className="block break-all text-text-muted text-xs">
                  request {answer.requestId ?? 'id not sent'}
                </span>
              </>
            ),
          }))}
        />
      </Part>
      <Part id="deviations" title="Deviations">
        {record.deviations.length > 0 ? (
          <ul className="list-disc pl-5 text-sm">
            {record.deviations.map((deviation) => (
              <li key={deviation}>{deviation}</li>
            ))}
          </ul>
        ) : (
          <p className="text-sm">None recorded.</p>
        )}
      </Part>
      <Part id="preflight" title="Preflight">
        <PreflightReportList heading="h3" rows={recordReportRows(record)} />
      </Part>
      <Signatures />
    </div>
  )
}

function Part({ id, title, children }: { id: string; title: string; children: ReactNode }) {
  return (
    <Section id={id} title={title}>
      {children}
    </Section>
  )
}

function kekRows({ kek, vault }: CeremonyRecord): Description[] {
  return [
    { term: 'Vault', detail: `${vault.name}, ${vault.url}` },
    ...(kek ? kekOnly(kek) : [{ term: 'KEK', detail: 'None: the key went in the clear inside TLS' }]),
  ]
}

function kekOnly(kek: NonNullable<CeremonyRecord['kek']>): Description[] {
  return [
    { term: 'Key identifier', detail: <KeyId value={kek.kid} label="Copy the KEK’s identifier" length={0} /> },
    { term: 'SPKI SHA-256', detail: <Fingerprint value={kek.spkiSha256} label="Copy the KEK’s SPKI SHA-256" /> },
  ]
}

/** Lines for a pen; they exist on paper only. */
function Signatures() {
  return (
    <div className="hidden grid-cols-2 gap-8 print:grid">
      {['Importer', 'Approver'].map((role) => (
        <div key={role} className="flex flex-col gap-10">
          <span className="text-sm">{role}: name, date, signature</span>
          <span className="border-line-strong border-b" />
        </div>
      ))}
    </div>
  )
}
