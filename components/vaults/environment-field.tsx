import type { Environment } from '@/lib/domain/connections/kind'
import { RadioGroup } from '../ui/choice-group'

const OPTIONS = [
  { value: 'local', label: 'Local', hint: 'this machine only' },
  { value: 'test', label: 'Test', hint: 'not for real keys' },
  { value: 'production', label: 'Production', hint: 'real keys' },
] as const satisfies readonly { value: Environment; label: string; hint: string }[]

/** What a vault is for. */
export function EnvironmentField({ error, known }: { error?: string | undefined; known?: Environment }) {
  return (
    <RadioGroup
      id="environment"
      name="environment"
      legend="Environment"
      error={error}
      options={OPTIONS}
      {...(known ? { defaultValue: known } : {})}
    />
  )
}
