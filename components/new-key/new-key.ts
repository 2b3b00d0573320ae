import type { ConnectionKind, Environment } from '@/lib/domain/connections/kind'
import { type CreateExportableKeyInput, type ExportableType, exportableTypesOf } from '@/lib/domain/keys/exportable-key'
import { KEY_NAME_PATTERN } from '@/lib/domain/keys/key-id'
import { PURPOSES } from '@/lib/domain/keys/key-operations'
import { familyOf, sizesOf } from '@/lib/domain/keys/key-type'
import { shapeName } from '@/lib/domain/preflight/encoded-lengths'
import { err, ok, type Result } from '@/lib/domain/result'
import { utcInputToIso } from '../ui/utc-value'

export interface NewKeyVault {
  id: string
  name: string
  url: string
  kind: ConnectionKind
  environment: Environment
}

/** The form as it is typed: every field is text. */
export interface NewKey {
  connectionId: string
  name: string
  /** A `value` of `typeOptions`. */
  type: string
  purpose: string
  expiresAt: string
  policyText: string
  immutable: boolean
  typedName: string
}

export const EMPTY_NEW_KEY: NewKey = {
  ...{ connectionId: '', name: '', type: '', purpose: '', expiresAt: '' },
  ...{ policyText: '', immutable: false, typedName: '' },
}

export interface TypeOption {
  kty: ExportableType
  sizeOrCurve: string
  value: string
  label: string
}

/** What this vault can be asked to generate; without one, what a Key Vault can. */
export function typeOptions(vault: NewKeyVault | undefined): TypeOption[] {
  return exportableTypesOf(vault?.kind ?? 'azure_key_vault').flatMap((kty) =>
    sizesOf(familyOf(kty)).map((sizeOrCurve) => {
      const name = shapeName({ family: familyOf(kty), sizeOrCurve })
      return { kty, sizeOrCurve, value: name, label: `${name} (${kty})` }
    }),
  )
}

export type NewKeyProblems = Partial<Record<keyof CreateExportableKeyInput, string>>

/** What to send; or what is wrong, in the order of the form. What the policy says is for the console to read. */
export function readNewKey(
  form: NewKey,
  vault: NewKeyVault | undefined,
  now: Date,
): Result<CreateExportableKeyInput, NewKeyProblems> {
  const wrong: NewKeyProblems = {}
  const type = typeOptions(vault).find(({ value }) => value === form.type)
  const purpose = PURPOSES.find(({ id }) => id === form.purpose)
  const expiresAt = form.expiresAt ? utcInputToIso(form.expiresAt) : null
  if (!vault) wrong.connectionId = 'Choose the vault that is to hold the key.'
  if (!KEY_NAME_PATTERN.test(form.name)) {
    wrong.name = 'Give the key a name of letters, digits and hyphens, 1 to 127 characters.'
  }
  if (!type) wrong.sizeOrCurve = 'Choose the type.'
  if (!purpose) wrong.keyOps = 'Choose what the key is for.'
  if (expiresAt === undefined) wrong.expiresAt = 'Give the expiry as a date with its time, or leave it empty.'
  else if (expiresAt && new Date(expiresAt) <= now) wrong.expiresAt = 'The expiry must be in the future.'
  if (form.policyText.trim() === '') wrong.policyText = 'Write the release policy: without one no key is exportable.'
  if (form.immutable && form.typedName !== form.name) {
    wrong.typedName = 'Type the key’s name exactly: there is no way back from an immutable policy.'
  }
  if (!vault || !type || !purpose || expiresAt === undefined || Object.keys(wrong).length > 0) return err(wrong)
  const { name, policyText, immutable, typedName } = form
  const { kty, sizeOrCurve } = type
  const keyOps = [...purpose.operations]
  return ok({ connectionId: vault.id, name, kty, sizeOrCurve, keyOps, expiresAt, policyText, immutable, typedName })
}
