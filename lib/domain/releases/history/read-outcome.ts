import { err, ok, type Result } from '@/lib/domain/result'
import { cleanText } from './clean-text'
import type { AsideReason, LogDecision } from './vault-log-record'

export type LogOutcome = { decision: LogDecision; status: number | null; signature: string | null }

const GOOD = ['ok', 'created', 'accepted', 'no content', 'success']
const DENIED = ['forbidden', 'unauthorized']

/** How a call ended, by status and result signature; `resultType` is never asked: it says "Success" of a 403, too. */
export function readOutcome(
  statusCode: unknown,
  resultSignature: unknown,
): Result<LogOutcome, Extract<AsideReason, 'no-outcome' | 'outcome-contradicts'>> {
  const status = statusOf(statusCode)
  const signature = cleanText(resultSignature)
  const byStatus = status === null ? null : decisionOf(status)
  const bySignature = signature === null ? null : decisionBySignature(signature)
  const decision = byStatus ?? bySignature
  if (decision === null) return err('no-outcome')
  const contradicts =
    byStatus !== null && bySignature !== null && (byStatus === 'allowed') !== (bySignature === 'allowed')
  return contradicts ? err('outcome-contradicts') : ok({ decision, status, signature })
}

function statusOf(value: unknown): number | null {
  const number = typeof value === 'string' && /^\d{3}$/.test(value) ? Number(value) : value
  return typeof number === 'number' && Number.isInteger(number) && number >= 100 && number <= 599 ? number : null
}

function decisionOf(status: number): LogDecision {
  if (status >= 200 && status < 300) return 'allowed'
  return status === 401 || status === 403 ? 'denied' : 'failed'
}

function decisionBySignature(signature: string): LogDecision {
  const word = signature.toLowerCase()
  if (GOOD.includes(word)) return 'allowed'
  return DENIED.includes(word) ? 'denied' : 'failed'
}
