/** Limits of the service, section "Objects, identifiers and versioning" of its documentation. */
export const keyNamePattern = /^[0-9a-zA-Z-]{1,127}$/
export const maxTags = 15
export const maxTagLength = 256
export const pageSize = 25
/** Ours: a transfer blob of the largest key under the largest KEK stays below 8 KiB. */
export const maxBodyBytes = 256 * 1024
/** Of one call of `rng`. */
export const mostRandomBytes = 128
/** Ours: attestation tokens stay below 16 KiB. */
export const maxTargetLength = 64 * 1024
export const maxNonceLength = 1024
/** A backup of 500 versions of RSA-4096 is below 3 MiB, in base64 twice. */
export const maxRestoreBytes = 8 * 1024 * 1024
