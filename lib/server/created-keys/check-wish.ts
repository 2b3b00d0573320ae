import 'server-only'
import { type CreateExportableKeyInput, exportableTypesOf } from '@/lib/domain/keys/exportable-key'
import { readFirstPolicy } from '@/lib/domain/releases/policy-change'
import { err, ok, type Result } from '@/lib/domain/result'
import type { ConnectionRow, Context, ServiceError } from '../context'
import { parseTarget } from '../imports/checked-submission'
import type { CreationTarget } from './creation-params'

const IN_THE_PAST = 'The expiry is in the past. Give a later one.'
const NO_AES_HERE = 'A Key Vault makes no symmetric key in hardware. Choose a Managed HSM, or another type.'
const NO_TEXT = 'The policy holds characters that are none. Correct the release policy.'

/** Whether such a key may be made in this vault at all: it, as a target; or which field is wrong. */
export function checkWish(
  { clock }: Pick<Context, 'clock'>,
  connection: ConnectionRow,
  input: CreateExportableKeyInput,
): Result<CreationTarget, ServiceError> {
  const { name, kty, sizeOrCurve, keyOps, expiresAt, policyText: text, immutable, typedName } = input
  const releasePolicy = { text, immutable }
  const wanted = { name, kty, sizeOrCurve, keyOps, expiresAt, notBefore: null, exportable: true, releasePolicy }
  const target = parseTarget({ ...wanted, tags: {} })
  if (!target.ok) return target
  if (!exportableTypesOf(connection.kind).includes(kty)) return refuse('sizeOrCurve', NO_AES_HERE)
  if (expiresAt && new Date(expiresAt) <= clock()) return refuse('expiresAt', IN_THE_PAST)
  if (/\p{Surrogate}/u.test(text)) return refuse('policyText', NO_TEXT)
  const read = readFirstPolicy({ vaultUrl: connection.url, keyName: name, after: releasePolicy, typedName })
  if ('policy' in read) return ok({ ...target.value, releasePolicy })
  const { refusal } = read
  return refusal.because === 'field' ? refuse(refusal.field, refusal.message) : err({ code: 'invalid-input' })
}

function refuse(field: string, message: string): Result<never, ServiceError> {
  return err({ code: 'invalid-input', fields: { [field]: message } })
}
