import { useState } from 'react'
import { bytesLeft, soleProposal } from '@/lib/client/import/bytes-left'
import { FIELD_IDS } from '@/lib/client/import/field-ids'
import type { FileFacts } from '@/lib/client/import/wizard'
import { Field } from '../ui/field'
import { FileDrop } from '../ui/file-drop'
import { DraftFileNote } from './draft-file-note'
import { ExpectedKeyField } from './expected-key-field'
import { FileFindings } from './file-findings'
import { FileSummary } from './file-summary'
import type { StepProps } from './import-wizard'
import { NormaliseOffer } from './normalise-offer'
import { OtherKek } from './other-kek'

export function StepFile({ wizard, errorOf }: StepProps) {
  const { state, dispatch, held, report } = wizard
  const [reading, setReading] = useState(false)
  const read = state.file.state === 'read' ? state.file : null

  async function take(file: File) {
    setReading(true)
    const facts: FileFacts = await held.take(file)
    setReading(false)
    dispatch({ type: 'file-read', facts })
    const proposal = soleProposal(bytesLeft(wizard.choices, state.answers, facts.ciphertextLength))
    if (proposal && !state.answers.kty) dispatch({ type: 'type-chosen', ...proposal })
  }

  return (
    <div className="flex flex-col gap-8">
      <DraftFileNote file={state.file} />
      <Field
        id={FIELD_IDS.file}
        label="Transfer blob"
        hint="It is read here in the browser; nothing is sent before you submit. It holds ciphertext only: the wrapped key."
        error={errorOf(FIELD_IDS.file)}
      >
        {(control) => (
          <FileDrop
            {...control}
            accept=".byok,.json"
            prompt={reading ? 'Reading the file …' : 'Drop the .byok file here'}
            fileName={read?.facts.name}
            onFile={take}
          />
        )}
      </Field>
      {read ? (
        <>
          <FileSummary facts={read.facts} />
          <FileFindings report={report} />
          <OtherKek wizard={wizard} kid={read.facts.kid} />
          <NormaliseOffer
            facts={read.facts}
            accepted={read.acceptedNormalised}
            error={errorOf(FIELD_IDS.normalise)}
            onAccept={(accepted) => dispatch({ type: 'normalised-accepted', accepted })}
          />
        </>
      ) : null}
      <ExpectedKeyField
        sha256={state.answers.expectedSha256}
        onChange={(expectedSha256) => dispatch({ type: 'answered', change: { expectedSha256 } })}
      />
    </div>
  )
}
