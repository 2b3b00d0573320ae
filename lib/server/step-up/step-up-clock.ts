import 'server-only'

/** A passed step-up serves its act for this long. */
export const STEP_UP_LASTS_MS = 5 * 60_000

/** One that was asked for longer ago is not passed any more: the act is sent again, and asks afresh. */
export const ASKED_LASTS_MS = 10 * 60_000
