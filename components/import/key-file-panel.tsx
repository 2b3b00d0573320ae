import { FIELD_IDS } from '@/lib/client/import/field-ids'
import { GONE_WORDS, type KeyFileState } from '@/lib/client/import/key-file'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { CodeBlock } from '../ui/code-block'
import { Spinner } from '../ui/spinner'
import { FoundKeys } from './found-keys'
import type { StepProps } from './import-wizard'
import { PassphraseForm } from './passphrase-form'

type KeyFilePanelProps = StepProps & { file: KeyFileState }

/** A file that holds a key, from the first look to the moment before it is sealed. */
export function KeyFilePanel({ wizard, file, errorOf }: KeyFilePanelProps) {
  switch (file.step) {
    case 'reading':
      return <Working words="Reading the file …" onCancel={wizard.letFileGo} />
    case 'unlocking':
      return <Working words={`Opening it: ${file.lock.kdf} …`} onCancel={wizard.letFileGo} />
    case 'sealing':
      return <Working words="Sealing the key …" onCancel={wizard.letFileGo} />
    case 'locked':
      return (
        <PassphraseForm
          key={file.name}
          label={`Passphrase of ${file.name}`}
          hint={`It is encrypted: ${file.lock.cipher}; ${file.lock.kdf}. The passphrase goes to the worker alone, and is sent nowhere. Leave it empty where the file was made with none.`}
          submitLabel="Open the file"
          error={file.wrong ?? errorOf(FIELD_IDS.passphrase)}
          onPassphrase={(passphrase) => void wizard.unlock(file, passphrase)}
        />
      )
    case 'refused':
      return <Refused file={file} />
    case 'gone':
      return (
        <div role="alert">
          <Banner tone="attention" title={`${file.name} is no longer held.`}>
            {GONE_WORDS[file.because]}
          </Banner>
        </div>
      )
    case 'found':
      return <FoundKeys wizard={wizard} file={file} errorOf={errorOf} />
  }
}

function Working({ words, onCancel }: { words: string; onCancel: () => void }) {
  return (
    <div className="flex flex-wrap items-center gap-4">
      <Spinner label={words} />
      <Button size="small" onClick={onCancel}>
        Cancel
      </Button>
    </div>
  )
}

function Refused({ file }: { file: Extract<KeyFileState, { step: 'refused' }> }) {
  return (
    <div role="alert" className="flex flex-col gap-3">
      <Banner tone="danger" title={`${file.name} can’t be imported.`}>
        {file.remedy}
      </Banner>
      {file.command ? <CodeBlock shell label="Copy the command" code={file.command} /> : null}
    </div>
  )
}
