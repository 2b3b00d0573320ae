import 'server-only'
import { PROBLEM_CODES, PROBLEM_WORDS } from '@/lib/domain/actions/action-result'
import { importTargetSchema } from '@/lib/domain/imports/target'
import type { ImportView } from '@/lib/domain/imports/views'
import type { ConnectionRow } from '../context'
import type { Import, Person } from '../db/generated/client'

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
    kekKid: row.kekKid,
    kekSpkiSha256: row.kekSpkiSha256,
    fileName: row.fileName,
    fileSha256: row.fileSha256,
    fileLength: row.fileLength,
    sentSha256: row.sentSha256,
    generator: row.generator,
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

function failureWords(stored: string | null): string | null {
  const code = PROBLEM_CODES.find((known) => known === stored)
  return code ? PROBLEM_WORDS[code] : null
}
