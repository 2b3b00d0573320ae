import 'server-only'
import { hash } from 'node:crypto'
import { cleanText } from '@/lib/domain/releases/history/clean-text'
import { readLogPath } from '@/lib/domain/releases/history/log-path'
import { canonicalText, type VaultLogRecord } from '@/lib/domain/releases/history/vault-log-record'
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

/**
 * JSON objects with commas between them, as what is sent: bytes are no part of the heap, which texts that outlive the
 * reading of a record would make several times as large.
 */
interface RowBytes {
  count: number
  bytes: Buffer
}

/** Rows of log_record and log_record_aside. */
interface Rows {
  records: readonly RowBytes[]
  aside: readonly RowBytes[]
}

/** The rows of one piece, and where its file stands then. */
export interface FileRows extends Rows {
  mark: FileMark
}

type Needs = Pick<Context, 'db' | 'clock' | 'newId'>

/** Rows that one statement takes, and statements that one transaction takes: it ends in seconds, or it fails. */
const BATCH = 1_000
const TOGETHER = 5
const EXCERPT = 300

/** A piece as it is saved. */
export function toFileRows(ctx: Needs, piece: FilePiece, findVault: FindVault): FileRows {
  return { mark: piece.mark, ...rowsOf(piece, findVault, ctx.clock()) }
}

/**
 * What was read, and with the last of it how far: whoever dies in between reads it again, and what is there already stays
 * as it is.
 */
export async function saveFileRows(ctx: Needs, pieces: readonly FileRows[]): Promise<void> {
  const readAt = ctx.clock()
  const marks = [...new Map(pieces.map(({ mark }) => [`${mark.place}\n${mark.path}`, mark])).values()].map((mark) => {
    const told = readLogPath(mark.path)
    return { ...mark, id: ctx.newId(), vault: told?.vault ?? null, hour: told?.hour ?? null, readAt }
  })
  await saveAll(ctx, [...statementsOf(pieces), ...together(toBytes(marks, (mark) => mark)).map(putMarks)])
}

/** What was read of a place without files. */
export async function saveReadings(
  ctx: Needs,
  readings: readonly PlacedReading[],
  findVault: FindVault,
): Promise<void> {
  const readAt = ctx.clock()
  await saveAll(ctx, statementsOf(readings.map((reading) => rowsOf(reading, findVault, readAt))))
}

async function saveAll(ctx: Needs, statements: readonly Prisma.Sql[]): Promise<void> {
  for (const flight of inParts(statements, TOGETHER)) await inOneFlight(ctx.db, flight)
}

function rowsOf({ mark: { place, path }, reading }: PlacedReading, findVault: FindVault, readAt: Date): Rows {
  return {
    records: toBytes(reading.records, (record) => toRecordRow(record, findVault(record), readAt)),
    aside: toBytes(reading.aside, ({ reason, text }) => {
      const digest = sha256(JSON.stringify([reason, place, path, text]))
      return { digest, place, path, reason, readAt, excerpt: cleanText(text, EXCERPT) ?? '' }
    }),
  }
}

function toBytes<T>(each: readonly T[], toRow: (one: T) => object): RowBytes[] {
  return inParts(each, BATCH).map((part) => ({
    count: part.length,
    bytes: Buffer.from(part.map((one) => JSON.stringify(toRow(one))).join(',')),
  }))
}

/** Member by member: copied from the record, each would be several times as large, and there are millions. */
function toRecordRow(record: VaultLogRecord, connectionId: string | null, readAt: Date) {
  const { at, vault, act, operation, keyName, keyVersion, decision, status, signature } = record
  const { releaseCode, description, objectId, appId, upn, address, correlationId } = record
  const digest = sha256(canonicalText(record))
  // biome-ignore format: the columns, line by line as in the statement below
  return {
    digest, at, vault, connectionId, act, operation, keyName, keyVersion, decision, status,
    signature, releaseCode, description, objectId, appId, upn, address, correlationId, readAt,
  }
}

function statementsOf(rows: readonly Rows[]): Prisma.Sql[] {
  const records = together(rows.flatMap((each) => each.records))
  const aside = together(rows.flatMap((each) => each.aside))
  return [...records.map(insertRecords), ...aside.map(insertAside)]
}

/** What one statement takes. */
function together(given: readonly RowBytes[]): Buffer[][] {
  const groups: Buffer[][] = []
  let room = 0
  for (const { count, bytes } of given) {
    if (count > room) groups.push([])
    room = count > room ? BATCH - count : room - count
    groups.at(-1)?.push(bytes)
  }
  return groups
}

function insertRecords(rows: readonly Buffer[]): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO log_record (digest, at, vault, connection_id, act, operation, key_name, key_version, decision, status,
      signature, release_code, description, object_id, app_id, upn, address, correlation_id, read_at)
    SELECT digest, at, vault, "connectionId", act, operation, "keyName", "keyVersion", decision, status,
      signature, "releaseCode", description, "objectId", "appId", upn, address, "correlationId", "readAt"
      FROM jsonb_to_recordset(${listOf(rows)}) AS r(digest text, at timestamptz, vault text,
        "connectionId" uuid, act text, operation text, "keyName" text, "keyVersion" text, decision text, status int,
        signature text, "releaseCode" text, description text, "objectId" text, "appId" text, upn text, address text,
        "correlationId" text, "readAt" timestamptz)
    ON CONFLICT (act, at, digest) DO NOTHING`
}

function insertAside(rows: readonly Buffer[]): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO log_record_aside (digest, place, path, reason, excerpt, read_at)
    SELECT digest, place, path, reason, excerpt, "readAt"
      FROM jsonb_to_recordset(${listOf(rows)})
        AS r(digest text, place text, path text, reason text, excerpt text, "readAt" timestamptz)
    ON CONFLICT (digest) DO NOTHING`
}

function putMarks(rows: readonly Buffer[]): Prisma.Sql {
  return Prisma.sql`
    INSERT INTO log_file (id, place, path, vault, hour, shape, read_to, size, looked_to, read_at)
    SELECT id, place, path, vault, hour, shape, "readTo", size, "lookedTo", "readAt"
      FROM jsonb_to_recordset(${listOf(rows)}) AS m(id uuid, place text, path text, vault text,
        hour timestamptz, shape text, "readTo" bigint, size bigint, "lookedTo" bigint, "readAt" timestamptz)
     ORDER BY place, path
    ON CONFLICT (place, path) DO UPDATE SET shape = excluded.shape, read_to = excluded.read_to, size = excluded.size,
      looked_to = excluded.looked_to, read_at = excluded.read_at`
}

const LIST = { begins: Buffer.from('['), goesOn: Buffer.from(','), ends: Buffer.from(']') }

function listOf(rows: readonly Buffer[]): Prisma.Sql {
  const list = rows.flatMap((bytes, at) => [at === 0 ? LIST.begins : LIST.goesOn, bytes])
  return Prisma.sql`convert_from(${Buffer.concat([...list, LIST.ends])}, 'UTF8')::jsonb`
}

function inParts<T>(rows: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, at) => rows.slice(at * size, (at + 1) * size))
}

function sha256(text: string): string {
  return hash('sha256', text, 'hex')
}
