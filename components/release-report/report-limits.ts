/** What no report can tell, said on each of them. */
export const NOT_KNOWABLE = [
  'The provider’s log holds neither the claims of a token nor the policy. Where nobody has the token, a row tells who asked and how it ended, and not why.',
  'Nothing ties a token that was supplied later to its call: that it belongs there is the word of whoever supplied it.',
  'A call that names no version meant the newest one of that moment; which one that was, the log does not tell.',
  'An hour without a file: nobody asked that vault anything, or its log did not arrive. Nobody can tell.',
  'Records come late, by ten minutes and more: a report of yesterday may be less than the same report of tomorrow.',
  'What was released is kept nowhere, nor is what was done with it after.',
] as const

/** In place of “none”, where no log tells of the period. */
export const NOTHING_READ = 'Not known: nothing of this vault’s log was read for this period.'
