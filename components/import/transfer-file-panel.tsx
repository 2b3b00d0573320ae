import { FIELD_IDS } from '@/lib/client/import/field-ids'
import type { FileState } from '@/lib/client/import/wizard'
import { FileFindings } from './file-findings'
import { FileSummary } from './file-summary'
import type { StepProps } from './import-wizard'
import { NormaliseOffer } from './normalise-offer'
import { OtherKek } from './other-kek'
import { SealedKeyNote } from './sealed-key-note'

type TransferFilePanelProps = StepProps & { file: Extract<FileState, { state: 'read' }> }

/** What was read of a transfer blob: of one that was given, or of one that was sealed here. */
export function TransferFilePanel({ wizard, file, errorOf }: TransferFilePanelProps) {
  const { report, dispatch } = wizard
  return (
    <>
      {file.sealed ? <SealedKeyNote sealed={file.sealed} /> : null}
      <FileSummary facts={file.facts} />
      <FileFindings report={report} />
      <OtherKek wizard={wizard} kid={file.facts.kid} />
      <NormaliseOffer
        facts={file.facts}
        accepted={file.acceptedNormalised}
        error={errorOf(FIELD_IDS.normalise)}
        onAccept={(accepted) => dispatch({ type: 'normalised-accepted', accepted })}
      />
    </>
  )
}
