import type { KeyWarning } from './found-key'

/** What each warning means, and what to do. */
export const keyWarnings = {
  'crt-recomputed':
    'The file’s Chinese remainder members, or its primes, were missing or wrong. They were computed afresh.',
  'public-half-computed': 'The file holds no public half: it was computed. Compare the thumbprint with your record.',
  'unusual-exponent': 'The public exponent is not 65537. Some programs take no other.',
  'weak-pattern': 'The value follows a pattern that no generator makes. Make sure that it is a key, and random.',
  'no-redundancy': 'This format can’t show damage: compare the value with your record.',
  'weak-file-protection': 'The file’s own encryption is of another time. Treat everything as known that it protected.',
  'no-integrity-check': 'The file carries no integrity check: compare the thumbprint with your record.',
} satisfies Record<KeyWarning, string>
