import 'server-only'
import { z } from 'zod'
import { healthWords } from '@/lib/domain/connections/health-words'
import { isKek } from '@/lib/domain/keys/key-operations'
import { KEY_ORIGINS, type KeyDetail, type KeyOrigin } from '@/lib/domain/keys/views'
import { whatWorksNow } from '@/lib/domain/keys/what-works'
import { isComparedBlind } from '@/lib/domain/reviews/may-decide'
import { ProviderError } from '@/lib/providers/port'
import { listKeyHistory } from '../audit/list-events'
import type { Actor, ConnectionRow, Context } from '../context'
import type { KeyRecord, KeyVersion } from '../db/generated/client'
import { originOf } from '../imports/origin-of'
import { namePeople } from '../people/name-people'
import { requirePermission } from '../people/require-permission'
import { jwkSchema } from './jwk-schema'
import { publicKeyPem } from './public-facts'
import { isNotFound, refreshKey } from './refresh-key'
import { toVersionView, type VersionSurroundings } from './version-view'

export interface KeyAddress {
  connectionId: string
  name: string
  version?: string | undefined
}

/** A page does not wait longer than this for a vault: then it shows the index and says so. */
const FRESH_WITHIN_MS = 4_000
const HISTORY_SHOWN = 200

const tagsSchema = z.record(z.string(), z.string())

/** One key, read from the vault now; from the index, and saying why, where the vault can't be read. */
export async function getKey(ctx: Context, actor: Actor, address: KeyAddress): Promise<KeyDetail | null> {
  requirePermission(actor, 'keys.read')
  const connection = await ctx.db.connection.findFirst({ where: { id: address.connectionId, removedAt: null } })
  if (!connection) return null
  const read = await readFresh(ctx, connection, address)
  const found = await ctx.db.keyRecord.findUnique({
    where: { connectionId_name: { connectionId: connection.id, name: address.name } },
    include: { versions: { orderBy: { vaultCreatedAt: 'desc' } } },
  })
  if (!found) return null
  const wanted = address.version ?? found.latestVersion
  const selected = found.versions.find((version) => version.version === wanted)
  if (!selected) return null
  return toDetail(ctx, connection, { record: found, versions: found.versions, selected, ...read })
}

interface Reading {
  freshAt: Date | null
  readProblem: string | null
}

async function readFresh(ctx: Context, connection: ConnectionRow, address: KeyAddress): Promise<Reading> {
  try {
    const signal = AbortSignal.timeout(FRESH_WITHIN_MS)
    await refreshKey(ctx, connection, address.name, { signal, alwaysRead: address.version })
    return { freshAt: ctx.clock(), readProblem: null }
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error
    // A deleted or purged key is told by the index; that it can't be read is no problem of the vault's.
    if (isNotFound(error)) return { freshAt: null, readProblem: 'The vault holds no such key now.' }
    return { freshAt: null, readProblem: healthWords(error.code) }
  }
}

interface Found extends Reading {
  record: KeyRecord
  versions: KeyVersion[]
  selected: KeyVersion
}

async function toDetail(ctx: Context, connection: ConnectionRow, found: Found): Promise<KeyDetail> {
  const { record, versions, selected } = found
  const key = { connectionId: connection.id, name: record.name }
  const [imports, request, unmark, history, nameOf] = await Promise.all([
    ctx.db.import.findMany({
      where: { connectionId: key.connectionId, keyName: key.name, keyVersion: { not: null } },
      select: { id: true, reference: true, status: true, origin: true, keyVersion: true },
    }),
    ctx.db.enableRequest.findFirst({
      where: {
        connectionId: key.connectionId,
        keyName: key.name,
        keyVersion: selected.version,
        act: 'enable',
        status: { in: ['awaiting_review', 'enabling'] },
      },
      select: { id: true },
    }),
    ctx.db.proposal.findFirst({
      where: { kind: 'unmark_compromised', subjectId: selected.id, status: 'waiting', expiresAt: { gt: ctx.clock() } },
      select: { id: true },
    }),
    listKeyHistory(ctx.db, key, HISTORY_SHOWN),
    namePeople(
      ctx.db,
      versions.map((version) => version.compromisedById),
    ),
  ])
  const around: VersionSurroundings = {
    record,
    now: ctx.clock(),
    nameOf,
    imports: new Map(imports.map(({ keyVersion, ...row }) => [keyVersion ?? '', { ...row, origin: originOf(row) }])),
  }
  return {
    ...key,
    vaultName: connection.name,
    vaultUrl: connection.url,
    environment: connection.environment,
    deleted: toDeleted(record),
    managed: record.managed,
    origin: toOrigin(record.origin),
    isKek: isKek(selected.keyOps),
    versions: versions.map((version) => toVersionView(version, around)),
    selected: toSelected(selected, around, {
      record,
      openEnableRequestId: request?.id ?? null,
      unmarkProposalId: unmark?.id ?? null,
    }),
    history,
    freshAt: found.freshAt?.toISOString() ?? null,
    indexedAt: selected.refreshedAt.toISOString(),
    readProblem: found.readProblem,
  }
}

function toSelected(
  version: KeyVersion,
  around: VersionSurroundings,
  more: { record: KeyRecord } & Pick<KeyDetail['selected'], 'openEnableRequestId' | 'unmarkProposalId'>,
): KeyDetail['selected'] {
  const shown = around.imports.get(version.version)
  const blind = shown !== undefined && isComparedBlind(shown.status)
  const jwk = blind || version.publicJwk === null ? null : jwkSchema.parse(version.publicJwk)
  const deleted = more.record.deletedAt !== null || more.record.purgedAt !== null
  const { enabled, notBefore, expiresAt, keyOps } = version
  const exportable = version.exportable ?? false
  return {
    ...toVersionView(version, around),
    kty: version.kty,
    sizeOrCurve: version.sizeOrCurve,
    keyOps,
    tags: tagsSchema.parse(version.tags),
    hsmPlatform: version.hsmPlatform,
    exportable: version.exportable,
    recoveryLevel: more.record.recoveryLevel,
    publicKeyPem: publicKeyPem(jwk),
    publicJwk: jwk,
    spkiSha256: blind ? null : version.spkiSha256,
    jwkThumbprint: blind ? null : version.jwkThumbprint,
    whatWorks: whatWorksNow({ enabled, deleted, notBefore, expiresAt, keyOps, exportable }, around.now),
    openEnableRequestId: more.openEnableRequestId,
    unmarkProposalId: more.unmarkProposalId,
  }
}

function toDeleted(record: KeyRecord): KeyDetail['deleted'] {
  if (!record.deletedAt && !record.purgedAt) return null
  return {
    at: record.deletedAt?.toISOString() ?? null,
    scheduledPurgeAt: record.scheduledPurgeAt?.toISOString() ?? null,
    recoveryLevel: record.recoveryLevel,
  }
}

function toOrigin(stored: string): KeyOrigin {
  return KEY_ORIGINS.find((known) => known === stored) ?? 'unknown'
}
