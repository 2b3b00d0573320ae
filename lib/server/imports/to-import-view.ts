import 'server-only'
import { PROBLEM_CODES, PROBLEM_WORDS } from '@/lib/domain/actions/action-result'
import { importTargetSchema } from '@/lib/domain/imports/target'
import type { ImportView } from '@/lib/domain/imports/views'
import type { ConnectionRow } from '../context'
import type { Import, Person } from '../db/generated/client'
import { originOf } from './origin-of'

interface ImportRows {
  row: Import
  connection: Pick<ConnectionRow, 'id' | 'name' | 'url' | 'environment'>
  importer: Pick<Person, 'name'>
}

/** An import as pages show it. */
export function toImportView({ row, connection, importer }: ImportRows, deciders: string[]): ImportView {
  return {
    id: row.id,
    reference: row.reference,
    status: row.status,
    importerName: importer.name,
    importerId: row.importerId,
    connectionId: connection.id,
    vaultName: connection.name,
    vaultUrl: connection.url,
    environment: connection.environment,
    keyName: row.keyName,
    kid: row.kid,
    origin: originOf(row),
    kek: kekOf(row),
    fileName: row.fileName,
    blob: blobOf(row),
    target: importTargetSchema.parse(row.target),
    submittedAt: row.submittedAt.toISOString(),
    arrivedAt: row.arrivedAt?.toISOString() ?? null,
    decidedAt: row.decidedAt?.toISOString() ?? null,
    failureCode: row.failureCode,
    failureWords: failureWords(row.failureCode),
    deciders,
    createdName: row.createdName,
  }
}

/** All or none of it is there: the database says so. */
export function kekOf({ kekKid, kekSpkiSha256 }: Pick<Import, 'kekKid' | 'kekSpkiSha256'>): ImportView['kek'] {
  return kekKid === null || kekSpkiSha256 === null ? null : { kid: kekKid, spkiSha256: kekSpkiSha256 }
}

function blobOf({ fileSha256, fileLength, sentSha256, generator }: Import): ImportView['blob'] {
  if (fileSha256 === null || fileLength === null || sentSha256 === null) return null
  return { sha256: fileSha256, bytes: fileLength, sentSha256, generator }
}

function failureWords(stored: string | null): string | null {
  const code = PROBLEM_CODES.find((known) => known === stored)
  return code ? PROBLEM_WORDS[code] : null
}
