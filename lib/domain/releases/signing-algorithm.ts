/**
 * Algorithms by which an attestation authority may sign: with a private key whose public half is published. `HS256` and its kin
 * are none: whoever can verify those can write them, and a published key taken for their secret is the old confusion.
 */
const BY_PUBLISHED_KEY = /^(?:RS|PS|ES)(?:256|384|512)$/

export const isSignedByPublishedKey = ({ algorithm }: { algorithm: string }): boolean =>
  BY_PUBLISHED_KEY.test(algorithm)

export const NOT_BY_PUBLISHED_KEY =
  'The token names an algorithm that no attestation authority signs with: anybody could have written it.'
