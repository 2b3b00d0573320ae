import { FIELD_IDS } from '@/lib/client/import/field-ids'
import { type FileState, keyOf } from '@/lib/client/import/wizard'
import { ProblemSummary } from '../form/problem-summary'
import { Field } from '../ui/field'
import { FileDrop } from '../ui/file-drop'
import { DraftFileNote } from './draft-file-note'
import { ExpectedKeyField } from './expected-key-field'
import type { StepProps } from './import-wizard'
import { KeyFilePanel } from './key-file-panel'
import { TransferFilePanel } from './transfer-file-panel'

const FORMATS = 'PEM, PKCS#12, OpenSSH, JSON Web Key or raw bytes, encrypted or not'
const HINT = `${FORMATS}, or a .byok that was wrapped elsewhere. A key is opened and sealed here, in a worker of this page: what is sent of it is ciphertext, and not before you submit.`
const HINT_OVER_TLS = `${FORMATS}. It is opened here, in a worker of this page. The private key is sent when you submit, and the server sees it.`

export function StepFile({ wizard, errorOf }: StepProps) {
  const { state, dispatch, giveFile } = wizard
  const { file } = state
  return (
    <div className="flex flex-col gap-8">
      {state.submission.state === 'refused' && file.state === 'key-file' ? (
        <ProblemSummary problem={state.submission.problem} />
      ) : null}
      <DraftFileNote file={file} />
      <Field
        id={FIELD_IDS.file}
        label="Key file or transfer blob"
        hint={state.answers.overTls ? HINT_OVER_TLS : HINT}
        error={errorOf(FIELD_IDS.file)}
      >
        {(control) => (
          <FileDrop
            {...control}
            prompt={isBeingRead(file) ? 'Reading the file …' : 'Drop the key file or the .byok file here'}
            fileName={file.state === 'read' ? (file.sealed?.keyFile ?? file.facts.name) : nameOfKeyFile(file)}
            onFile={(given) => void giveFile(given)}
          />
        )}
      </Field>
      {file.state === 'key-file' ? <KeyFilePanel wizard={wizard} file={file.key} errorOf={errorOf} /> : null}
      {file.state === 'read' ? <TransferFilePanel wizard={wizard} file={file} errorOf={errorOf} /> : null}
      <ExpectedKeyField
        sha256={state.answers.expectedSha256}
        fromKeyFile={keyOf(file)?.spkiSha256 ?? null}
        error={errorOf(FIELD_IDS.expected)}
        onChange={(expectedSha256) => dispatch({ type: 'answered', change: { expectedSha256 } })}
        onUnreadable={(unreadable) => dispatch({ type: 'expected-read', unreadable })}
      />
    </div>
  )
}

const isBeingRead = (file: FileState) => file.state === 'key-file' && file.key.step === 'reading'

function nameOfKeyFile(file: FileState): string | undefined {
  return file.state === 'key-file' && !isBeingRead(file) ? file.key.name : undefined
}
