import 'server-only'
import { compareExpectedValue, type ExpectedComparison, type ExpectedValue } from '@/lib/domain/reviews/expected-value'
import type { VaultKey } from '@/lib/providers/port'
import { publicFacts } from '../inventory/public-facts'

/**
 * The approver's value against the vault's own, read just now. A check value can't be compared here: the key is
 * disabled, so that comparison is part of enabling.
 */
export function compareExpected(expected: ExpectedValue, key: Pick<VaultKey, 'publicJwk'>): ExpectedComparison {
  if (expected.kind === 'key-check-value') return 'not-comparable'
  return compareExpectedValue(expected, publicFacts(key.publicJwk) ?? {})
}
