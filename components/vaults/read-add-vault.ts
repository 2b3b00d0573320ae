import type { CredentialReference } from '@/lib/domain/connections/credential'
import { CONNECTION_KINDS, ENVIRONMENTS, KIND_FACTS } from '@/lib/domain/connections/kind'
import { checkVaultUrl, type VaultUrlProblem } from '@/lib/domain/connections/vault-url'
import type { AddConnectionInput } from '@/lib/domain/connections/views'
import { err, ok, type Result } from '@/lib/domain/result'
import type { FieldProblems } from '../form/act-form'

/** Listed here, not read from the schema: that would bring zod into the browser. */
export const CREDENTIAL_TYPES = [
  'local-client',
  'client-secret',
  'client-certificate',
  'default',
] as const satisfies readonly CredentialReference['type'][]

const VARIABLE = /^[A-Z][A-Z0-9_]{2,63}$/

const URL_WORDS = {
  'not-a-url': 'Give the whole address, such as https://contoso.vault.azure.net.',
  'not-https': 'The address must begin with https://.',
  'suffix-not-allowed': 'This is not an address of that product: see the endings in the hint.',
  'has-path': 'Give the address without a path: it ends after the host name.',
  'has-credentials': 'Give the address without a user name or password in it.',
} as const satisfies Record<VaultUrlProblem, string>

/** Each field's control is named as it is. */
export const VAULT_FIELD_IDS = {
  name: 'name',
  kind: 'kind',
  url: 'url',
  environment: 'environment',
  credential: 'credential',
  tenantId: 'tenantId',
  clientId: 'clientId',
  secretVariable: 'secretVariable',
  certificatePathVariable: 'certificatePathVariable',
}

/** What the form holds, or what must be mended first. The server asks the same again. */
export function readAddVault(form: FormData): Result<AddConnectionInput, FieldProblems> {
  const text = (name: string) => String(form.get(name) ?? '').trim()
  const problems: Record<string, string> = {}
  const kind = CONNECTION_KINDS.find((known) => known === text('kind'))
  const environment = ENVIRONMENTS.find((known) => known === text('environment'))
  const name = text('name')
  if (!name) problems.name = 'Give it a name that officers will recognise.'
  if (!kind) problems.kind = 'Choose what kind of vault it is.'
  const url = kind ? checkVaultUrl(text('url'), kind) : err('not-a-url' as const)
  if (kind && !url.ok) problems.url = URL_WORDS[url.error]
  if (!environment) problems.environment = 'Choose where it stands.'
  const credential = readCredential(text, problems)
  if (!kind || !environment || !url.ok || !credential || Object.keys(problems).length > 0) return err(problems)
  return ok({ name, kind, url: url.value, environment, credential })
}

export const URL_HINTS = {
  azure_key_vault: `https://<name>${KIND_FACTS.azure_key_vault.urlSuffixes[0]}, or the same in another cloud`,
  azure_managed_hsm: `https://<name>${KIND_FACTS.azure_managed_hsm.urlSuffixes[0]}, or the same in another cloud`,
} as const

function readCredential(
  text: (name: string) => string,
  problems: Record<string, string>,
): CredentialReference | undefined {
  const type = CREDENTIAL_TYPES.find((known) => known === text('credential'))
  if (!type) {
    problems.credential = 'Choose how the console signs in to the vault.'
    return undefined
  }
  if (type === 'local-client' || type === 'default') return { type }
  const principal = { tenantId: text('tenantId'), clientId: text('clientId') }
  if (!principal.tenantId) problems.tenantId = 'Give the tenant id.'
  if (!principal.clientId) problems.clientId = 'Give the client id.'
  const variable = type === 'client-secret' ? 'secretVariable' : 'certificatePathVariable'
  const value = text(variable)
  if (!VARIABLE.test(value)) {
    problems[variable] = 'Give the name of an environment variable, such as PROD_VAULT_SECRET. Never the secret itself.'
  }
  return type === 'client-secret'
    ? { type, ...principal, secretVariable: value }
    : { type: 'client-certificate', ...principal, certificatePathVariable: value }
}
