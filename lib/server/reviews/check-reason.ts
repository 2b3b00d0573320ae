import 'server-only'
import { err, ok, type Result } from '@/lib/domain/result'
import type { ServiceError } from '../context'

const LONGEST = 2_000

/** A reason is required wherever somebody decides: it stands in the audit log for good. */
export function checkReason(text: string, field = 'reason'): Result<string, ServiceError> {
  const reason = text.trim()
  if (reason === '') return err({ code: 'invalid-input', fields: { [field]: 'Give the reason: it is recorded.' } })
  if (reason.length > LONGEST) {
    return err({ code: 'invalid-input', fields: { [field]: `At most ${LONGEST} characters.` } })
  }
  return ok(reason)
}
