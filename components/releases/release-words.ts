import type { LogRecordView } from '@/lib/domain/releases/history/views'

/** A record in sentences, for whoever reads no codes. */
export function releaseWords(record: LogRecordView, evaluated: boolean): string[] {
  const { keyName, keyVersion, upn, objectId, appId, address } = record
  const caller = upn ?? objectId ?? appId ?? 'A caller whom the log does not name'
  const key = `${keyVersion === null ? 'the newest version' : `version ${keyVersion}`} of ${keyName ?? 'a key it does not name'}`
  const asked = `${caller} asked for ${key}${address ? ` from ${address}` : ''}.`
  return [asked, decisionWords(record), ...(evaluated ? [] : reasonWords(record))]
}

const DECISION_WORDS = {
  allowed: 'The vault released it, encrypted for the key in the caller’s attestation token.',
  denied: 'The vault refused: the caller has no right to release it, or the token did not meet its release policy.',
  failed: 'The vault released nothing: the call did not end well, and that was no refusal.',
} as const

/** By the vault's own words, where its log has them. */
function decisionWords({ decision, description }: LogRecordView): string {
  if (decision !== 'denied' || description === null) return DECISION_WORDS[decision]
  if (/does not meet key release policy/i.test(description))
    return 'The vault refused: by its own words, the token did not meet the key’s release policy.'
  return /statement cannot be verified/i.test(description)
    ? 'The vault refused: by its own words, it could not verify the token.'
    : DECISION_WORDS.denied
}

function reasonWords({ decision, releaseCode }: LogRecordView): string[] {
  if (decision === 'allowed') return ['Which claims met the policy is not known: the provider’s log holds no claims.']
  if (releaseCode) return [`The vault names ${releaseCode} as the reason.`]
  return decision === 'denied'
    ? ['Which claim failed is not known: the provider’s log holds neither the claims nor the policy.']
    : []
}
