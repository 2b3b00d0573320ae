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
    publicKeyRow(frozen, now, 'as read back after the upload'),
    ...releaseRows(frozen, now),
    ...tagRows(frozen.tags, now.tags),
  ]
}

export function enableFactRows(frozen: FrozenEnable, now: FrozenEnable): FactRow[] {
  const rows = [...commonRows(frozen, now), publicKeyRow(frozen, now, 'as read when it was asked')]
  const bothTell = frozen.schema === 'drawbridge/enable/2' && now.schema === 'drawbridge/enable/2'
  return bothTell ? [...rows, ...releaseRows(frozen, now)] : rows
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
  ]
}

function row(fact: string, submitted: string, inVault: string): FactRow {
  return { fact, submitted, inVault, differs: submitted !== inVault }
}

type PublicKeyFact = Pick<FrozenRequest, 'publicKeySha256'>

/** `asked`: where the frozen one is from, in words. */
function publicKeyRow(frozen: PublicKeyFact, now: PublicKeyFact, asked: string): FactRow {
  const differs = frozen.publicKeySha256 !== now.publicKeySha256
  if (frozen.publicKeySha256 === null && !differs) {
    return { fact: 'Public key', submitted: 'none', inVault: 'none', differs }
  }
  return { fact: 'Public key', submitted: asked, inVault: differs ? 'another key' : 'the same', differs }
}

type ReleaseFacts = Pick<FrozenRequest, 'exportable' | 'releasePolicySha256'>

function releaseRows(frozen: ReleaseFacts, now: ReleaseFacts): FactRow[] {
  return [
    row('Exportable', yesNo(frozen.exportable), yesNo(now.exportable)),
    row('Release policy (SHA-256)', frozen.releasePolicySha256 ?? 'none', now.releasePolicySha256 ?? 'none'),
  ]
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
