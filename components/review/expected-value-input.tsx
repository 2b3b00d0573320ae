import type { RecognisedValue as Recognised } from '@/lib/domain/reviews/expected-value'
import { PublicKeyFile } from '../form/public-key-file'
import { RecognisedValue } from '../import/recognised-value'
import { type Given, useRecognised } from '../import/use-recognised'
import { Field } from '../ui/field'
import { TextArea } from '../ui/text-area'

type ExpectedValueInputProps = {
  id: string
  symmetric: boolean
  error: string | undefined
  onGiven: (given: Given | null, value: Recognised) => void
}

/** What the approver reads from the ceremony record: pasted, or the file that the HSM exported. */
export function ExpectedValueInput({ id, symmetric, error, onGiven }: ExpectedValueInputProps) {
  const { text, value, fileName, paste, drop } = useRecognised(onGiven)
  return (
    <div className="flex flex-col gap-3">
      <Field id={id} label="Value from the ceremony record" hint={symmetric ? SYMMETRIC : ASYMMETRIC} error={error}>
        {(control) => (
          <TextArea {...control} mono rows={3} value={text} onChange={(event) => paste(event.target.value)} />
        )}
      </Field>
      {symmetric ? null : (
        <PublicKeyFile
          id={`${id}-file`}
          label="Or the public key file that the HSM exported"
          fileName={fileName}
          onFile={drop}
        />
      )}
      <RecognisedValue value={value} />
    </div>
  )
}

const ASYMMETRIC =
  'The key’s SPKI SHA-256 (hexadecimal, in any grouping), its RFC 7638 thumbprint, or the public key as PEM. Take it from paper or from the HSM, not from this console: the vault’s own value is not shown before you give yours. One that differs ends this import for good, with an alarm: check what you typed.'
const SYMMETRIC =
  'The key check value: 6 hexadecimal digits (AES, one zero block, first 3 bytes). Take it from paper or from the HSM.'
