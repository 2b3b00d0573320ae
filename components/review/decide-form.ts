import { encodeBase64 } from '@/lib/crypto'
import type { ExpectedValue, RecognisedValue } from '@/lib/domain/reviews/expected-value'
import type { DecideInput } from '@/lib/domain/reviews/views'
import type { Given } from '../import/use-recognised'

export const DECIDE_IDS = { expected: 'review-expected', reason: 'review-reason' } as const

export interface DecideForm {
  given: Given | null
  value: RecognisedValue | null
  reason: string
}
export type DecideErrors = Partial<Record<keyof typeof DECIDE_IDS, string>>

/** What is missing before it may be sent. A value is needed to enable only: rejecting compares nothing. */
export function decideErrors(form: DecideForm, act: 'enable' | 'reject', symmetric: boolean): DecideErrors {
  const errors: DecideErrors = {}
  if (act === 'enable') {
    const expected = expectedError(form.value, symmetric)
    if (expected) errors.expected = expected
  }
  if (!form.reason.trim()) errors.reason = 'Give a reason: it stands in the audit log.'
  return errors
}

function expectedError(value: RecognisedValue | null, symmetric: boolean): string | undefined {
  if (!value || (value.kind === 'unrecognised' && value.hint === 'empty')) {
    return 'Give the value from the ceremony record: the key is compared with it.'
  }
  if (value.kind === 'unrecognised') return 'Give a value that is recognised.'
  if (symmetric === isCheckValue(value)) return undefined
  return symmetric
    ? 'A symmetric key has no public key: give its key check value.'
    : 'A key check value belongs to a symmetric key: give this key’s public key, SHA-256 or thumbprint.'
}

function isCheckValue(value: ExpectedValue): boolean {
  return value.kind === 'key-check-value'
}

export function expectedOf(given: Given | null): DecideInput['expected'] {
  if (!given) return null
  return given.from === 'text' ? { text: given.text } : { fileBase64: encodeBase64(given.bytes) }
}
