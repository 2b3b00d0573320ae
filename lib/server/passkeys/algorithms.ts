import 'server-only'

/** COSE names: ES256, EdDSA, RS256, in the order of preference. https://www.iana.org/assignments/cose */
export const ALGORITHMS = [-7, -8, -257] as const
