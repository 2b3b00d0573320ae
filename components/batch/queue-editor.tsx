import { useEffect, useRef } from 'react'
import { FIELD_IDS } from '@/lib/client/import/field-ids'
import { tallyOf, tallyWords } from '@/lib/client/preflight/tally'
import { ExpectedKeyField } from '../import/expected-key-field'
import { FileFindings } from '../import/file-findings'
import { FileSummary } from '../import/file-summary'
import { FoundKeyFacts } from '../import/found-key-facts'
import { ImportAsCode } from '../import/import-as-code'
import { KeyTypeField } from '../import/key-type-field'
import { NormaliseOffer } from '../import/normalise-offer'
import { PreflightNeeds } from '../import/preflight-needs'
import { Button } from '../ui/button'
import { Field } from '../ui/field'
import { LiveRegion } from '../ui/live-region'
import { TextInput } from '../ui/text-input'
import type { QueueFile } from './queue-file'

/** One file of the queue: its name, type and expected value, and its own preflight. One is open at a time. */
export function QueueEditor({ file, onClose }: { file: QueueFile; onClose: () => void }) {
  const { state, report, dispatch, row, ask } = file
  const title = useRef<HTMLHeadingElement>(null)
  const errorOf = (fieldId: string) => row.errors.find((error) => error.fieldId === fieldId)?.message
  useEffect(() => title.current?.focus(), [])
  if (state.file.state !== 'read') return null
  const { facts, acceptedNormalised, sealed } = state.file
  return (
    <section aria-labelledby="queue-file" className="flex flex-col gap-8 border-accent border-l-2 pl-4 sm:pl-6">
      <h3 id="queue-file" ref={title} tabIndex={-1} className="break-all font-mono font-semibold text-base">
        {file.name}
      </h3>
      {sealed ? <FoundKeyFacts facts={sealed.key} format={sealed.format} /> : null}
      <FileSummary facts={facts} />
      <FileFindings report={report} />
      {row.state === 'broken' ? null : (
        <>
          <NormaliseOffer
            facts={facts}
            accepted={acceptedNormalised}
            error={errorOf(FIELD_IDS.normalise)}
            onAccept={(accepted) => dispatch({ type: 'normalised-accepted', accepted })}
          />
          <Field id={FIELD_IDS.name} label="Name in the vault" error={errorOf(FIELD_IDS.name)}>
            {(control) => (
              <TextInput
                {...control}
                mono
                value={state.answers.name}
                onChange={(event) => dispatch({ type: 'answered', change: { name: event.target.value } })}
              />
            )}
          </Field>
          <KeyTypeField wizard={file} error={errorOf(FIELD_IDS.type)} />
          <ExpectedKeyField
            fromKeyFile={sealed?.key.spkiSha256 ?? null}
            sha256={state.answers.expectedSha256}
            error={errorOf(FIELD_IDS.expected)}
            onChange={(expectedSha256) => dispatch({ type: 'answered', change: { expectedSha256 } })}
            onUnreadable={(unreadable) => dispatch({ type: 'expected-read', unreadable })}
          />
          <div className="flex flex-wrap items-center justify-between gap-4">
            <LiveRegion visible>
              <span className="font-medium">{tallyWords(tallyOf(report.rows))}</span>
            </LiveRegion>
            <Button id={FIELD_IDS.askAgain} size="small" onClick={() => void ask()}>
              Ask the vault again
            </Button>
          </div>
          <PreflightNeeds wizard={file} errorOf={errorOf} />
          <ImportAsCode wizard={file} />
        </>
      )}
      <div>
        <Button onClick={onClose}>Close this file</Button>
      </div>
    </section>
  )
}
