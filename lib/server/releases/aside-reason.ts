import 'server-only'
import { ASIDE_WORDS, type AsideReason } from '@/lib/domain/releases/history/vault-log-record'

/** As it stands in log_record_aside. */
export function asideReasonIn(stored: string): AsideReason {
  if (!isReason(stored)) throw new Error('a record kept aside in words of another version')
  return stored
}

function isReason(stored: string): stored is AsideReason {
  return Object.hasOwn(ASIDE_WORDS, stored)
}
