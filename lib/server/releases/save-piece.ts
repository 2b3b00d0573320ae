import 'server-only'
import { createHash } from 'node:crypto'
import { cleanText } from '@/lib/domain/releases/history/clean-text'
import { canonicalText } from '@/lib/domain/releases/history/vault-log-record'
import type { Context } from '../context'
import { Prisma } from '../db/generated/client'
import { inOneFlight } from '../db/statement-transaction'
import type { LogPiece } from './read-pieces'
import type { FindVault } from './vault-of-record'

/** A row of log_file, as far as it matters here. */
export interface FileMark {
  id: string
  place: string
  path: string
}

/** Rows that one statement takes. */
const BATCH = 1_000
const EXCERPT = 300

/**
 * What was read and how far, in one transaction: whoever dies in between reads it again, and what is there already stays
 * as it is.
 */
export async function savePiece(
  ctx: Pick<Context, 'db' | 'clock'>,
  file: FileMark,
  { reading, readTo, shape }: LogPiece,
  findVault: FindVault,
): Promise<void> {
  const readAt = ctx.clock()
  const records = reading.records.map((record) => ({
    ...record,
    digest: sha256(canonicalText(record)),
    connectionId: findVault(record),
    readAt,
  }))
  const aside = reading.aside.map(({ reason, text }) => ({
    digest: sha256(JSON.stringify([reason, file.place, file.path, text])),
    ...{ place: file.place, path: file.path, reason, readAt },
    excerpt: cleanText(text, EXCERPT) ?? '',
  }))
  await inOneFlight(ctx.db, [
    ...inBatches(records).map(insertRecords),
    ...inBatches(aside).map(insertAside),
    Prisma.sql`UPDATE log_file SET read_to = ${readTo}, shape = ${shape}, read_at = ${readAt} WHERE id = ${file.id}::uuid`,
  ])
}

function insertRecords(rows: readonly object[]): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO log_record (digest, at, vault, connection_id, act, operation, key_name, key_version, decision, status,
      signature, release_code, description, object_id, app_id, upn, address, correlation_id, read_at)
    SELECT digest, at, vault, "connectionId", act, operation, "keyName", "keyVersion", decision, status,
      signature, "releaseCode", description, "objectId", "appId", upn, address, "correlationId", "readAt"
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS r(digest text, at timestamptz, vault text,
        "connectionId" uuid, act text, operation text, "keyName" text, "keyVersion" text, decision text, status int,
        signature text, "releaseCode" text, description text, "objectId" text, "appId" text, upn text, address text,
        "correlationId" text, "readAt" timestamptz)
    ON CONFLICT (digest) DO NOTHING`
}

function insertAside(rows: readonly object[]): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO log_record_aside (digest, place, path, reason, excerpt, read_at)
    SELECT digest, place, path, reason, excerpt, "readAt"
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        AS r(digest text, place text, path text, reason text, excerpt text, "readAt" timestamptz)
    ON CONFLICT (digest) DO NOTHING`
}

function inBatches<T>(rows: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, at) => rows.slice(at * BATCH, (at + 1) * BATCH))
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
