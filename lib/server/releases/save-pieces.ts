import 'server-only'
import { createHash } from 'node:crypto'
import { cleanText } from '@/lib/domain/releases/history/clean-text'
import { readLogPath } from '@/lib/domain/releases/history/log-path'
import { canonicalText } from '@/lib/domain/releases/history/vault-log-record'
import type { Context } from '../context'
import { Prisma } from '../db/generated/client'
import { inOneFlight } from '../db/statement-transaction'
import type { LogPiece, LogShape } from './read-pieces'
import type { FindVault } from './vault-of-record'

/** How far a file was read, as log_file keeps it. */
export interface FileMark {
  place: string
  path: string
  shape: LogShape | null
  /** Bytes. */
  readTo: number
  size: number
  lookedTo: number
}

/** What was read of one file, and where it stands then. */
export interface FilePiece {
  mark: FileMark
  reading: LogPiece['reading']
}

/** What was read, and what it was read from. */
interface PlacedReading {
  mark: Pick<FileMark, 'place' | 'path'>
  reading: LogPiece['reading']
}

type Needs = Pick<Context, 'db' | 'clock' | 'newId'>

/** Rows that one statement takes, and statements that one transaction takes: it ends in seconds, or it fails. */
const BATCH = 1_000
const TOGETHER = 5
const EXCERPT = 300

/**
 * What was read, and with the last of it how far: whoever dies in between reads it again, and what is there already stays
 * as it is.
 */
export async function savePieces(ctx: Needs, pieces: readonly FilePiece[], findVault: FindVault): Promise<void> {
  const readAt = ctx.clock()
  const marks = [...new Map(pieces.map(({ mark }) => [`${mark.place}\n${mark.path}`, mark])).values()].map((mark) => {
    const told = readLogPath(mark.path)
    return { ...mark, id: ctx.newId(), vault: told?.vault ?? null, hour: told?.hour ?? null, readAt }
  })
  await saveAll(ctx, [...statementsOf(pieces, findVault, readAt), ...inParts(marks, BATCH).map(putMarks)])
}

/** What was read of a place without files. */
export async function saveReadings(
  ctx: Needs,
  readings: readonly PlacedReading[],
  findVault: FindVault,
): Promise<void> {
  await saveAll(ctx, statementsOf(readings, findVault, ctx.clock()))
}

async function saveAll(ctx: Needs, statements: readonly Prisma.Sql[]): Promise<void> {
  for (const flight of inParts(statements, TOGETHER)) await inOneFlight(ctx.db, flight)
}

function statementsOf(readings: readonly PlacedReading[], findVault: FindVault, readAt: Date): Prisma.Sql[] {
  const records = readings
    .flatMap(({ reading }) => reading.records)
    .map((record) => ({
      ...record,
      digest: sha256(canonicalText(record)),
      connectionId: findVault(record),
      readAt,
    }))
  const aside = readings.flatMap(({ mark: { place, path }, reading }) =>
    reading.aside.map(({ reason, text }) => ({
      digest: sha256(JSON.stringify([reason, place, path, text])),
      ...{ place, path, reason, readAt },
      excerpt: cleanText(text, EXCERPT) ?? '',
    })),
  )
  return [...inParts(records, BATCH).map(insertRecords), ...inParts(aside, BATCH).map(insertAside)]
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

function putMarks(rows: readonly object[]): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO log_file (id, place, path, vault, hour, shape, read_to, size, looked_to, read_at)
    SELECT id, place, path, vault, hour, shape, "readTo", size, "lookedTo", "readAt"
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS m(id uuid, place text, path text, vault text,
        hour timestamptz, shape text, "readTo" bigint, size bigint, "lookedTo" bigint, "readAt" timestamptz)
     ORDER BY place, path
    ON CONFLICT (place, path) DO UPDATE SET shape = excluded.shape, read_to = excluded.read_to, size = excluded.size,
      looked_to = excluded.looked_to, read_at = excluded.read_at`
}

function inParts<T>(rows: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, at) => rows.slice(at * size, (at + 1) * size))
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
