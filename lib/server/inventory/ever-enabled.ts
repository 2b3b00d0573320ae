import 'server-only'
/**
 * Whether a version was ever enabled: seen enabled once is yes for good. Imported by us, and never enabled by us, is no.
 * Anything else that is found disabled is not known.
 */
export function learnEverEnabled(
  before: boolean | null | undefined,
  enabledNow: boolean,
  neverEnabledByUs: boolean,
): boolean | null {
  if (enabledNow || before === true) return true
  return before === false || neverEnabledByUs ? false : null
}
