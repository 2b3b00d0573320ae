import { tokenLayouts } from '@/lib/domain/releases/token-layouts'

export const KNOWN_CLAIMS_ID = 'known-claims'

const names = [...new Set(Object.values(tokenLayouts).flatMap(({ claims }) => Object.keys(claims)))].sort()

/** What the browser proposes where a claim is typed: the claims of Microsoft's published tokens. */
export function KnownClaims() {
  return (
    <datalist id={KNOWN_CLAIMS_ID}>
      {names.map((name) => (
        <option key={name} value={name} />
      ))}
    </datalist>
  )
}
