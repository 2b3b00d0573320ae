import { parseReleasePolicy } from './parse-policy'

/**
 * Whether two texts are one policy. A service gives a policy back in its own writing (another order of members, other
 * spaces, version "1.0.0" for "1.0"), so two that can be read are compared as read; others to the letter.
 */
export function isSamePolicy(one: string, other: string): boolean {
  if (one === other) return true
  const [a, b] = [parseReleasePolicy(one), parseReleasePolicy(other)]
  // Both were built by the same reader, their members in the same order.
  return a.ok && b.ok && JSON.stringify(a.value) === JSON.stringify(b.value)
}
