import 'server-only'
import { KIND_FACTS } from '@/lib/domain/connections/kind'
import { checkVaultUrl, isLoopbackUrl, type VaultUrlProblem } from '@/lib/domain/connections/vault-url'
import type { AddConnectionInput } from '@/lib/domain/connections/views'
import { err, type Result } from '@/lib/domain/result'
import type { ServiceError } from '../context'

/** The address from the allow-list, as it is stored, and whether credential and mark belong to such an address. */
export function checkAddress({
  url,
  kind,
  credential,
  environment,
}: Omit<AddConnectionInput, 'name'>): Result<string, ServiceError> {
  const checked = checkVaultUrl(url, kind)
  if (!checked.ok) return invalid('url', urlWords(checked.error, KIND_FACTS[kind].urlSuffixes))
  const loopback = isLoopbackUrl(checked.value)
  if ((credential.type === 'local-client') !== loopback) {
    return invalid('credential', 'The local vault client is for vaults on this machine, and only for them.')
  }
  if ((environment === 'local') !== loopback) {
    return invalid('environment', 'A vault on this machine is local; any other is test or production.')
  }
  return checked
}

export function invalid(field: string, message: string): Result<never, ServiceError> {
  return err({ code: 'invalid-input', fields: { [field]: message } })
}

function urlWords(problem: VaultUrlProblem, suffixes: readonly string[]): string {
  const words: Record<VaultUrlProblem, string> = {
    'not-a-url': 'This is no address. Give the vault’s URI, e.g. https://contoso.vault.azure.net.',
    'not-https': 'The address must begin with https://.',
    'suffix-not-allowed': `Only addresses that end in ${suffixes.join(', ')} are allowed for this kind.`,
    'has-path': 'Give the address without a path.',
    'has-credentials': 'Give the address without a user name or password.',
  }
  return words[problem]
}
