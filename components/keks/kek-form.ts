import type { ConnectionKind, Environment } from '@/lib/domain/connections/kind'
import { KEY_NAME_PATTERN } from '@/lib/domain/keys/key-id'
import { utcInputToIso } from '../ui/utc-value'

export interface KekVault {
  id: string
  name: string
  url: string
  kind: ConnectionKind
  environment: Environment
}

/** The form as it is typed: every field is text. */
export interface KekForm {
  connectionId: string
  name: string
  bits: string
  expiresAt: string
}

export const EMPTY_KEK_FORM: KekForm = { connectionId: '', name: '', bits: '4096', expiresAt: '' }

export type CreateKekInput = { connectionId: string; name: string; bits: 2048 | 3072 | 4096; expiresAt: string | null }
export type KekFormErrors = Partial<Record<keyof KekForm, string>>

const BITS = { '2048': 2048, '3072': 3072, '4096': 4096 } as const

/** What is wrong with it, in the order of the form; or what to send. */
export function checkKekForm(form: KekForm, now: Date): { errors: KekFormErrors; input: CreateKekInput | null } {
  const errors: KekFormErrors = {}
  const bits = form.bits in BITS ? BITS[form.bits as keyof typeof BITS] : undefined // a key of BITS by the check before
  const expiresAt = form.expiresAt ? utcInputToIso(form.expiresAt) : null
  if (!form.connectionId) errors.connectionId = 'Choose the vault that is to receive the key.'
  if (!form.name) errors.name = 'Give the KEK a name.'
  else if (!KEY_NAME_PATTERN.test(form.name)) {
    errors.name = 'The name may hold letters, digits and hyphens only, 1 to 127 characters.'
  }
  if (!bits) errors.bits = 'Choose a size.'
  if (expiresAt === undefined) errors.expiresAt = 'Give the expiry as a date with its time, or leave it empty.'
  else if (expiresAt && new Date(expiresAt) <= now) errors.expiresAt = 'The expiry must be in the future.'
  if (!bits || expiresAt === undefined || Object.keys(errors).length > 0) return { errors, input: null }
  return { errors, input: { connectionId: form.connectionId, name: form.name, bits, expiresAt } }
}
