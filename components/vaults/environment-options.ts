import type { Environment } from '@/lib/domain/connections/kind'

export const ENVIRONMENT_OPTIONS = [
  { value: 'local', label: 'Local', hint: 'this machine only' },
  { value: 'test', label: 'Test', hint: 'not for real keys' },
  { value: 'production', label: 'Production', hint: 'real keys' },
] as const satisfies readonly { value: Environment; label: string; hint: string }[]
