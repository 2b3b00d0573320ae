import 'server-only'
import { type ImportTarget, importTargetSchema } from '@/lib/domain/imports/target'
import { familyOf } from '@/lib/domain/keys/key-type'
import { err, ok, type Result } from '@/lib/domain/result'
import {
  EXPECTED_VALUE_HINT_WORDS,
  type ExpectedValue,
  recogniseExpectedValue,
} from '@/lib/domain/reviews/expected-value'
import type { DecideInput } from '@/lib/domain/reviews/views'
import type { ServiceError } from '../context'
import type { Import } from '../db/generated/client'

const UNFIT = {
  symmetric: 'A symmetric key has no public key: give its key check value (6 hexadecimal digits).',
  asymmetric: 'A key check value is for symmetric keys: give the public key, its SHA-256 or its thumbprint.',
} as const

/** The approver's value from the ceremony record: required, recognised, and of the sort that this key can be compared by. */
export async function readExpected(
  given: DecideInput['expected'],
  row: Pick<Import, 'target'>,
): Promise<Result<ExpectedValue, ServiceError>> {
  if (given === null) return err({ code: 'value-required' })
  const value = await recogniseExpectedValue(
    'text' in given ? given.text : new Uint8Array(Buffer.from(given.fileBase64, 'base64')),
  )
  if (value.kind === 'unrecognised') {
    if (value.hint === 'empty') return err({ code: 'value-required' })
    return err({ code: 'value-not-recognised', message: EXPECTED_VALUE_HINT_WORDS[value.hint] })
  }
  const symmetric = isSymmetric(row)
  if (symmetric === (value.kind === 'key-check-value')) return ok(value)
  return err({ code: 'value-not-recognised', message: symmetric ? UNFIT.symmetric : UNFIT.asymmetric })
}

export function readTarget(row: Pick<Import, 'target'>): ImportTarget {
  return importTargetSchema.parse(row.target)
}

export function isSymmetric(row: Pick<Import, 'target'>): boolean {
  return familyOf(readTarget(row).kty) === 'oct'
}

/** The value as the record keeps it. */
export function expectedText(value: ExpectedValue): string {
  switch (value.kind) {
    case 'public-key':
      return value.spkiSha256
    case 'spki-sha256':
    case 'key-check-value':
      return value.hex
    case 'jwk-thumbprint':
      return value.value
  }
}
