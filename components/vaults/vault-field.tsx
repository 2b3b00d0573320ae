import { Field } from '../ui/field'
import { Select } from '../ui/select'

interface VaultToChoose {
  id: string
  name: string
  environment: string
}

type VaultFieldProps = {
  id: string
  vaults: readonly VaultToChoose[]
  value: string
  onChange: (connectionId: string) => void
  hint?: string
  error?: string | undefined
}

/** Which vault a new key is to be in: with its environment, so that nobody takes production for a test. */
export function VaultField({ id, vaults, value, onChange, hint, error }: VaultFieldProps) {
  return (
    <Field id={id} label="Vault" hint={hint} error={error}>
      {(control) => (
        <Select
          {...control}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          placeholder="Choose a vault"
          options={vaults.map(({ id, name, environment }) => ({ value: id, label: `${name} (${environment})` }))}
        />
      )}
    </Field>
  )
}

/** Where there is one alone it is chosen already. */
export function onlyVault(vaults: readonly VaultToChoose[]): string {
  const [first, second] = vaults
  return first && !second ? first.id : ''
}
