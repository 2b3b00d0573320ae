import 'server-only'
import type { PreparedImport } from '@/lib/domain/imports/views'
import { proposalTitle } from '@/lib/domain/proposals/describe-proposal'
import type { Context } from '../context'
import { readFrozenChange } from '../policy-changes/held-policy'
import { readFrozen } from '../proposals/proposal-row'

/**
 * The acts that ask for a proof, in words for the one who confirms. They name things by what this console knows of them,
 * and nothing that a blind comparison holds back.
 */
export async function vaultWords({ db }: Pick<Context, 'db'>, connectionId: string): Promise<string> {
  const connection = await db.connection.findUnique({ where: { id: connectionId }, select: { name: true } })
  return connection?.name ?? 'a vault'
}

/** Several imports, each by its key and its file's digest: what the one confirmation stands for. */
export async function batchWords(
  ctx: Pick<Context, 'db'>,
  { imports }: { imports: readonly PreparedImport[] },
): Promise<string> {
  const vaults = [...new Set(imports.map(({ connectionId }) => connectionId))]
  const names = await Promise.all(vaults.map((id) => vaultWords(ctx, id)))
  const files = imports.map(({ target, fileName, file }) => `${target.name} (${fileName}, ${file.sha256.slice(0, 8)}…)`)
  const what = imports.length === 1 ? 'Import one key' : `Import ${imports.length} keys`
  return `${what} into ${names.join(' and ')}, disabled for review: ${files.join(', ')}`
}

/** A key version as people read it. */
export const versionWords = (name: string, version: string | null) =>
  version ? `${name}, version ${version.slice(0, 8)}…,` : name

export async function importWords(ctx: Pick<Context, 'db'>, importId: string): Promise<{ key: string; vault: string }> {
  const row = await ctx.db.import.findUnique({
    where: { id: importId },
    select: { keyName: true, keyVersion: true, connection: { select: { name: true } } },
  })
  return {
    key: row ? versionWords(row.keyName, row.keyVersion) : 'a key',
    vault: row?.connection.name ?? 'a vault',
  }
}

export async function enableWords(ctx: Pick<Context, 'db'>, id: string): Promise<{ key: string; vault: string }> {
  const row = await ctx.db.enableRequest.findUnique({
    where: { id },
    select: { keyName: true, keyVersion: true, connection: { select: { name: true } } },
  })
  return {
    key: row ? versionWords(row.keyName, row.keyVersion) : 'a key',
    vault: row?.connection.name ?? 'a vault',
  }
}

/** The same for a proposed policy, and whether it would be the last one. */
export async function policyChangeWords(ctx: Pick<Context, 'db'>, id: string) {
  const row = await ctx.db.enableRequest.findUnique({
    where: { id, act: 'change_policy' },
    select: { frozenRequest: true },
  })
  return { ...(await enableWords(ctx, id)), forGood: row ? readFrozenChange(row).after.immutable : false }
}

export async function kekWords(ctx: Pick<Context, 'db'>, kekId: string): Promise<{ kek: string; vault: string }> {
  const row = await ctx.db.kek.findUnique({
    where: { id: kekId },
    select: { name: true, connection: { select: { name: true } } },
  })
  return { kek: row?.name ?? '', vault: row?.connection.name ?? 'a vault' }
}

export async function personWords({ db }: Pick<Context, 'db'>, personId: string): Promise<string> {
  const person = await db.person.findUnique({ where: { id: personId }, select: { name: true } })
  return person?.name ?? 'somebody'
}

/** What a proposal is for, as its frozen text says it. */
export async function proposalWords({ db }: Pick<Context, 'db'>, proposalId: string): Promise<string> {
  const row = await db.proposal.findUnique({ where: { id: proposalId }, select: { frozenRequest: true } })
  const frozen = row ? readFrozen(row) : null
  return frozen ? proposalTitle(frozen) : 'a proposal'
}
