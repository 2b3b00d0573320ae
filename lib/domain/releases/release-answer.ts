/** What is looked at in a vault's answer to a release, in this order. */
export const ANSWER_CHECKS = ['signature', 'chain', 'times', 'host', 'root', 'request', 'nonce', 'wrapped'] as const
export type AnswerCheck = (typeof ANSWER_CHECKS)[number]

/** `not-known`: this console has nothing to tell it by. */
export const CHECK_VERDICTS = ['holds', 'fails', 'not-known'] as const
export type CheckVerdict = (typeof CHECK_VERDICTS)[number]

/** A check that has no row was not asked for: a nonce that nobody gave. */
export type AnswerVerdicts = Partial<Record<AnswerCheck, CheckVerdict>>

/** What is known of an answer; the released key's own ciphertext only by its length and digest. */
export interface AnswerFacts {
  verdicts: AnswerVerdicts
  /** Of the whole answer: characters, and SHA-256 in hex. */
  length: number
  sha256: string
  /** The signing certificate's common name. */
  signedBy: string | null
  /** null: there was no wrapped key that could be read. */
  wrapped: { length: number; sha256: string; forKey: string; algorithm: string } | null
}

export const ANSWER_CHECK_WORDS = {
  signature: {
    title: 'Signature',
    holds: 'The answer is signed (RS256) by the certificate that it carries.',
    fails: 'The answer is not signed by the certificate that it carries.',
    'not-known': 'The signature could not be looked at.',
  },
  chain: {
    title: 'Chain',
    holds: 'Each certificate is signed by the next.',
    fails: 'The certificates are no chain: one is not signed by the next.',
    'not-known': 'The chain could not be looked at.',
  },
  times: {
    title: 'Times',
    holds: 'Every certificate is within its dates.',
    fails: 'A certificate is outside its dates.',
    'not-known': 'The dates could not be looked at.',
  },
  host: {
    title: 'Host',
    holds: 'The signing certificate is this vault’s, by its host name.',
    fails: 'The signing certificate is for another host than this vault.',
    'not-known': 'The host could not be looked at.',
  },
  root: {
    title: 'Root',
    holds: 'The chain ends in a root that this machine trusts.',
    fails: 'The chain does not end in a root.',
    'not-known':
      'The chain ends in a root that this machine does not know, as a vault’s may. That the answer is the vault’s rests on the connection that it came over.',
  },
  request: {
    title: 'Key and algorithm',
    holds: 'It speaks of the version and the algorithm that were asked for.',
    fails: 'It speaks of another version or algorithm than was asked for.',
    'not-known': 'What it speaks of could not be read.',
  },
  nonce: {
    title: 'Nonce',
    holds: 'It repeats the nonce: it was made for this request.',
    fails: 'It does not repeat the nonce: it may have been made for another request.',
    'not-known': 'The nonce could not be looked at.',
  },
  wrapped: {
    title: 'Released material',
    holds: 'It is ciphertext for the key in the token, of the length that such ciphertext has.',
    fails: 'It is not what is wrapped for the key in the token: its form, its key or its length is another.',
    'not-known': 'There is no released material that could be read.',
  },
} as const satisfies Record<AnswerCheck, { title: string } & Record<CheckVerdict, string>>

/** Nothing fails. What is not known, by what this console can know, is no failure. */
export const answerHolds = (verdicts: AnswerVerdicts): boolean => !Object.values(verdicts).includes('fails')
