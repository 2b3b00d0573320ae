import {
  noApprovalActsTwice,
  nothingIsEnabledUnapproved,
  noWindowIsLeftOpen,
  whatIsEnabledOnRecordIsSo,
  whatWasStoppedIsSo,
} from './enable-rules'
import {
  everyVersionHasItsIntent,
  importOutcomesAreTrue,
  nothingIsImportedTwice,
  whatImportersWereToldIsSo,
} from './import-rules'
import type { Logs, Violation } from './logs'
import { everyIntentEnds, noImportIsStuck, theRecordTellsOnce } from './record-rules'
import { oneKeyOneAnswer } from './told'

/** Each rule answers a sentence for every breach of it. */
export const OUTCOME_RULES = {
  'every intent ends': everyIntentEnds,
  'the record tells once': theRecordTellsOnce,
  'no import is stuck': noImportIsStuck,
  'nothing is imported twice': nothingIsImportedTwice,
  'every version has its intent': everyVersionHasItsIntent,
  'import outcomes are true': importOutcomesAreTrue,
  'what importers were told is so': whatImportersWereToldIsSo,
  'nothing is enabled unapproved': nothingIsEnabledUnapproved,
  'no window is left open': noWindowIsLeftOpen,
  'no approval acts twice': noApprovalActsTwice,
  'what is enabled on record is so': whatIsEnabledOnRecordIsSo,
  'what was stopped is so': whatWasStoppedIsSo,
  'one key, one answer': oneKeyOneAnswer,
} as const satisfies Record<string, (logs: Logs) => string[]>

/** Holds the three logs against each other; an empty list means that nothing was lost, done twice or told wrongly. */
export function checkOutcomes(logs: Logs): Violation[] {
  return Object.entries(OUTCOME_RULES).flatMap(([rule, check]) => check(logs).map((what) => ({ rule, what })))
}
