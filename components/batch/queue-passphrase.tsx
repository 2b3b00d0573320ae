import { PassphraseForm } from '../import/passphrase-form'

type QueuePassphraseProps = {
  names: readonly string[]
  /** Some of them did not open by the one before. */
  tried: boolean
  /** UTF-8. Handed over for good. */
  onPassphrase: (passphrase: Uint8Array<ArrayBuffer>) => void
}

/** One passphrase for every file that is encrypted. Files that it does not open can be tried again. */
export function QueuePassphrase({ names, tried, onPassphrase }: QueuePassphraseProps) {
  const which = `${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}`
  return (
    <PassphraseForm
      label={names.length === 1 ? 'Passphrase of the encrypted file' : 'Passphrase of the encrypted files'}
      hint={`Of ${which}. It goes to the workers alone, and is sent nowhere; each of them is ended afterwards. Files that it does not open can be tried with another.`}
      error={tried ? `The passphrase does not open ${which}. Try another one.` : undefined}
      submitLabel={names.length === 1 ? 'Open and seal it' : `Open and seal ${names.length} files`}
      onPassphrase={onPassphrase}
    />
  )
}
