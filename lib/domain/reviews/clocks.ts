/** An approval lapses after this; the act must begin within ACT_WITHIN_MS of it. */
export const APPROVAL_VALID_MS = 24 * 60 * 60 * 1000
export const ACT_WITHIN_MS = 15 * 60 * 1000
