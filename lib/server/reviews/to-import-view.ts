import 'server-only'
import { PROBLEM_CODES, PROBLEM_WORDS } from '@/lib/domain/actions/action-result'
import type { ImportView } from '@/lib/domain/imports/views'
import type { LoadedImport } from './load-import'
import { readTarget } from './read-expected'

export function toImportView({ row, connection, importer }: LoadedImport, deciders: string[]): ImportView {
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
    target: readTarget(row),
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
