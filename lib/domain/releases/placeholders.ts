import type { Scalar } from './policy'

/*
 * What a template leaves to be filled in. An authority's is below `.invalid`, a top-level domain that never exists (RFC 6761):
 * a name that somebody could register would be theirs to issue tokens for.
 */

export const placeholderAuthority = 'https://your-provider.attest.azure.invalid'

export const placeholderFor = (what: string) => `<${what}>`

export const isPlaceholder = (value: Scalar): boolean => typeof value === 'string' && /^<[^<>]+>$/.test(value)

export function isPlaceholderAuthority(authority: string): boolean {
  return URL.canParse(authority) && /\.invalid$/.test(new URL(authority).hostname)
}
