import 'server-only'
import { X509Certificate } from 'node:crypto'
import { isIP } from 'node:net'
import { rootCertificates } from 'node:tls'
import { type ConnectionKind, KIND_FACTS } from '@/lib/domain/connections/kind'
import type { CheckVerdict } from '@/lib/domain/releases/release-answer'

/** Each signed by the next, and every issuer one that may sign certificates. */
export function chainVerdict(chain: readonly X509Certificate[]): CheckVerdict {
  const links = chain.slice(0, -1).every((certificate, index) => isIssuedBy(certificate, chain[index + 1]))
  return links && chain.slice(1).every(({ ca }) => ca) ? 'holds' : 'fails'
}

function isIssuedBy(certificate: X509Certificate, issuer: X509Certificate | undefined): boolean {
  return issuer !== undefined && certificate.checkIssued(issuer) && certificate.verify(issuer.publicKey)
}

export function timesVerdict(chain: readonly X509Certificate[], now: Date): CheckVerdict {
  const at = now.getTime()
  const within = ({ validFrom, validTo }: X509Certificate) => Date.parse(validFrom) <= at && at <= Date.parse(validTo)
  return chain.every(within) ? 'holds' : 'fails'
}

/**
 * A certificate of the vault's own host name, or of the service's: a published answer is signed by `vault.azure.net`, which
 * is the domain that every vault's name ends in.
 */
export function hostVerdict(leaf: X509Certificate | undefined, vaultUrl: string, kind: ConnectionKind): CheckVerdict {
  if (!leaf) return 'not-known'
  const host = new URL(vaultUrl).hostname
  const bare = host.replace(/^\[|\]$/g, '')
  const named = isIP(bare) ? leaf.checkIP(bare) : leaf.checkHost(host)
  if (named !== undefined) return 'holds'
  const suffix = `.${commonName(leaf) ?? ''}`
  return KIND_FACTS[kind].urlSuffixes.some((known) => known === suffix) && host.endsWith(suffix) ? 'holds' : 'fails'
}

/** Whether the chain ends in, or is continued by, a root that Node brings along. */
export function rootVerdict(chain: readonly X509Certificate[]): CheckVerdict {
  const last = chain.at(-1)
  if (!last) return 'not-known'
  const known = trustedRoots().some((root) => root.fingerprint256 === last.fingerprint256 || isIssuedBy(last, root))
  return known ? 'holds' : 'not-known'
}

let roots: X509Certificate[] | undefined
function trustedRoots(): X509Certificate[] {
  roots ??= rootCertificates.map((pem) => new X509Certificate(pem))
  return roots
}

export const commonName = (certificate: X509Certificate): string | null =>
  /^CN=(.{1,200})$/m.exec(certificate.subject)?.[1] ?? null
