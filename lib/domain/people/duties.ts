/** The text that custodians acknowledge. Another text is another version, and is asked for anew. */
export const DUTIES = {
  version: '2026-1',
  title: 'What a custodian answers for',
  items: [
    'I bring only keys that I was asked to bring, made and wrapped in the HSM that the ceremony record names.',
    'I took the KEK from the vault it belongs to, and checked its fingerprint by a second way before anything was wrapped for it.',
    'I know where every copy of the transfer file is, and I destroy them once the import has been decided.',
    'I give the public key, its fingerprint or the key check value to the approver by another way than this console.',
    'I never approve, or have somebody approve in my name, what I have imported. I share no password, passkey or session.',
    'What I saw go otherwise than planned I write into the ceremony record, and I report a suspicion at once: marking a key as compromised needs nobody’s leave.',
  ],
} as const

/** How long an acknowledgement holds. */
export const DUTIES_VALID_DAYS = 365

const DAY_MS = 24 * 60 * 60 * 1000

/** Until when an acknowledgement holds; undefined when none of this version was ever given. */
export function dutiesHoldUntil(acknowledgedAt: Date | undefined): Date | undefined {
  return acknowledgedAt && new Date(acknowledgedAt.getTime() + DUTIES_VALID_DAYS * DAY_MS)
}

/** As screens show it. Times are ISO 8601 in UTC. */
export interface DutiesView {
  version: string
  title: string
  items: readonly string[]
  acknowledgedAt: string | null
  holdsUntil: string | null
  /** An import may be submitted. */
  holds: boolean
}
