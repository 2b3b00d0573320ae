export type Claims = Record<string, unknown>

/** Deeper claims are refused before they come here. */
export const maxClaimDepth = 16

/** Lays `over` on `claims` as a JSON merge patch (RFC 7396): objects are merged, null takes a claim away, the rest replaces. */
export function mergeClaims(claims: Claims, over: Claims): Claims {
  const merged = new Map(Object.entries(claims))
  for (const [name, value] of Object.entries(over)) {
    const under = merged.get(name)
    if (value === null) merged.delete(name)
    else if (isObject(value)) merged.set(name, mergeClaims(isObject(under) ? under : {}, value))
    else merged.set(name, value)
  }
  return Object.fromEntries(merged)
}

export function isObject(value: unknown): value is Claims {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function isTooDeep(value: unknown, left = maxClaimDepth): boolean {
  if (typeof value !== 'object' || value === null) return false
  return left === 0 || Object.values(value).some((member) => isTooDeep(member, left - 1))
}
