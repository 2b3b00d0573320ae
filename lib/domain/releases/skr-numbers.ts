/** The numbers of a vault's release errors that are known (`AKV.SKR.nnnn`); Microsoft publishes no list. */
export const SKR_NUMBERS = ['1001', '1003', '1004', '1005', '1006', '1012', '1014', '1016', '1020'] as const
export type SkrNumber = (typeof SKR_NUMBERS)[number]

/** What each says, and what to do. Of 1003, 1006 and 1016 only the gist is known: others reported them. */
export const SKR_WORDS = {
  1001: 'Only premium vaults and Managed HSMs hold keys that can be released. Use one of these.',
  1003: 'The key of this name is exportable, or is not, and a new version must be the same. Choose another name.',
  1004: 'An exportable key needs a release policy. Give one.',
  1005: 'Only an exportable key has a release policy. Leave the policy out, or make a new key that is exportable.',
  1006: 'Only a key in hardware can be exportable. Choose a type with -HSM.',
  1012: 'The vault could not reach the attestation authority that the policy names. Look at its address in the policy, and whether it answers.',
  1014: 'Whether a key is exportable is settled when it is made. Import it anew, under another name.',
  1016: 'A release policy is set on the key, not on one version of it.',
  1020: 'The release policy is immutable. A new key under another policy is the only way.',
} as const satisfies Record<SkrNumber, string>

/** The number in a vault's text; undefined where it has none, as a Managed HSM's. One that nobody knows is kept, too. */
export const skrNumberIn = (text: string): string | undefined => /\bAKV\.SKR\.(\d{1,6})\b/.exec(text)?.[1]

/** Undefined for a number that is not known. */
export function skrWords(number: string): string | undefined {
  const known = SKR_NUMBERS.find((each) => each === number)
  return known && SKR_WORDS[known]
}
