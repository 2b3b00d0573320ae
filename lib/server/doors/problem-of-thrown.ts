import 'server-only'
import type { ProblemCode } from '@/lib/domain/actions/action-result'
import { ProviderError } from '@/lib/providers/port'
import { isConflict } from '../db/transaction'
import { problemOf } from '../providers/provider-problem'
import { isDatabaseUnavailable } from './database-unavailable'

/** What to tell of something thrown. After a write has left, nothing thrown may claim that nothing was sent. */
export function problemOfThrown(error: unknown, wrote: boolean): ProblemCode {
  if (wrote) return 'outcome-unknown'
  if (isDatabaseUnavailable(error)) return 'audit-unavailable'
  if (isConflict(error)) return 'conflict'
  return error instanceof ProviderError ? problemOf(error, 'read') : 'unexpected'
}
