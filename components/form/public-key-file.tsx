import { Field } from '../ui/field'
import { FileDrop } from '../ui/file-drop'

type PublicKeyFileProps = {
  id: string
  label: string
  fileName: string | undefined
  onFile: (file: File) => void
}

/** A public key or certificate as a file. */
export function PublicKeyFile({ id, label, fileName, onFile }: PublicKeyFileProps) {
  return (
    <Field id={id} label={label}>
      {(control) => (
        <FileDrop
          {...control}
          accept=".pem,.der,.crt,.cer,.pub"
          prompt="Drop a PEM, DER or certificate file here"
          fileName={fileName}
          onFile={onFile}
        />
      )}
    </Field>
  )
}
