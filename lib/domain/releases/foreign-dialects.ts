import { isJsonObject } from './json-object'
import { isScalar } from './parse-policy'

/**
 * What circulates in place of a policy: `tutorial`, the dialect `{"attestation":{…},"rules":[{"claim","equals"}]}` that no service
 * reads; `base64`, the policy as it is sent, where its JSON is asked for. `policy` is the same in the grammar, null where
 * something has no counterpart.
 */
export type ForeignDialect = { dialect: 'tutorial' | 'base64'; policy: string | null }

export const FOREIGN_DIALECTS = {
  tutorial:
    'This is a dialect of tutorials, with “attestation” and “rules”, that no vault reads. It needs a version, authorities and conditions.',
  base64: 'This is a policy in base64, as it is sent to a vault. Give its JSON.',
} as const satisfies Record<ForeignDialect['dialect'], string>

/** Undefined for everything else, policies among it. */
export function recogniseDialect(text: string): ForeignDialect | undefined {
  const bare = text.trim()
  const value = parse(bare)
  if (value === undefined) return recogniseBase64(bare)
  if (!isJsonObject(value) || !isJsonObject(value.attestation) || !Array.isArray(value.rules)) return undefined
  return { dialect: 'tutorial', policy: translate(value.attestation, value.rules) }
}

function recogniseBase64(text: string): ForeignDialect | undefined {
  if (text.length === 0 || text.length > 100_000 || !/^[A-Za-z0-9+/_-]+={0,2}$/.test(text)) return undefined
  const decoded = decode(text)
  const value = decoded === undefined ? undefined : parse(decoded)
  return isJsonObject(value) ? { dialect: 'base64', policy: JSON.stringify(value, null, 2) } : undefined
}

/** Rules are all to hold; the authority is the first https address that the dialect names. */
function translate(attestation: Record<string, unknown>, rules: readonly unknown[]): string | null {
  const authority = Object.values(attestation).find((value) => typeof value === 'string' && /^https:\/\//.test(value))
  const conditions = rules.map((rule) =>
    isJsonObject(rule) && typeof rule.claim === 'string' && isScalar(rule.equals)
      ? { claim: rule.claim, equals: rule.equals }
      : undefined,
  )
  if (authority === undefined || conditions.length === 0 || conditions.includes(undefined)) return null
  return JSON.stringify({ version: '1.0.0', anyOf: [{ authority, allOf: conditions }] }, null, 2)
}

function decode(text: string): string | undefined {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'))
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(binary, (each) => each.charCodeAt(0)))
  } catch {
    // That it is no base64 of a text is the finding.
    return undefined
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // That it is not JSON is the finding; the parser's message would quote the text.
    return undefined
  }
}
