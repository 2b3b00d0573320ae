import 'server-only'
import type { FrozenEnable, FrozenRequest } from '@/lib/domain/imports/frozen-request'
import type { FactRow } from '@/lib/domain/reviews/views'

/**
 * The frozen request beside what the vault holds now. The public key is told only as same or changed: the approver
 * gives its value from the ceremony record, so the vault's must not be there to copy.
 */
export function importFactRows(frozen: FrozenRequest, now: FrozenRequest): FactRow[] {
  return [
    ...commonRows(frozen, now),
    row('Exportable', yesNo(frozen.exportable), yesNo(now.exportable)),
    row('Release policy (SHA-256)', frozen.releasePolicySha256 ?? 'none', now.releasePolicySha256 ?? 'none'),
    ...tagRows(frozen.tags, now.tags),
  ]
}

export function enableFactRows(frozen: FrozenEnable, now: FrozenEnable): FactRow[] {
  return commonRows(frozen, now)
}

function commonRows(frozen: FrozenRequest | FrozenEnable, now: FrozenRequest | FrozenEnable): FactRow[] {
  return [
    row('Vault', frozen.vaultUrl, now.vaultUrl),
    row('Name', frozen.name, now.name),
    row('Key id', frozen.kid, now.kid),
    row('Type', frozen.kty, now.kty),
    row('Size or curve', frozen.sizeOrCurve ?? 'not told', now.sizeOrCurve ?? 'not told'),
    row('Operations', frozen.keyOps.join(', '), now.keyOps.join(', ')),
    row('Not before', time(frozen.nbf), time(now.nbf)),
    row('Expires', time(frozen.exp), time(now.exp)),
    publicKeyRow(frozen.publicKeySha256, now.publicKeySha256),
  ]
}

function row(fact: string, submitted: string, inVault: string): FactRow {
  return { fact, submitted, inVault, differs: submitted !== inVault }
}

function publicKeyRow(submitted: string | null, inVault: string | null): FactRow {
  const differs = submitted !== inVault
  if (submitted === null && !differs) return { fact: 'Public key', submitted: 'none', inVault: 'none', differs }
  const words = differs ? 'another key than the one read back' : 'the same as read back'
  return { fact: 'Public key', submitted: 'as read back after the upload', inVault: words, differs }
}

function tagRows(submitted: Record<string, string>, inVault: Record<string, string>): FactRow[] {
  const names = [...new Set([...Object.keys(submitted), ...Object.keys(inVault)])].sort()
  return names.map((name) => row(`Tag ${name}`, submitted[name] ?? 'absent', inVault[name] ?? 'absent'))
}

function time(seconds: number | null): string {
  return seconds === null ? 'none' : new Date(seconds * 1000).toISOString()
}

function yesNo(value: boolean): string {
  return value ? 'yes' : 'no'
}
