import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LocalVaultDescription } from '../server'

/** Members that tests look at; which of them a record has depends on the vault's kind. */
export type AuditRecord = {
  time: string
  resourceId: string
  operationName: string
  operationVersion: string
  category: string
  resultType: string
  resultSignature: string
  resultDescription?: string
  durationMs: string | number
  callerIpAddress: string
  correlationId: string
  identity: { claim: Record<string, unknown> } | string
  properties: Record<string, unknown>
  httpStatusCode: number
  clientInfo: string
  requestUri: string
}

/** Paths below the folder. */
export function auditFiles({ auditLog }: Pick<LocalVaultDescription, 'auditLog'>): string[] {
  const entries = readdirSync(auditLog, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  return files.map((file) => file.slice(auditLog.length + 1)).sort()
}

/** All records, file by file, each in the order of its lines. */
export function readAuditRecords(description: Pick<LocalVaultDescription, 'auditLog'>): AuditRecord[] {
  const texts = auditFiles(description).map((file) => readFileSync(join(description.auditLog, file), 'utf8'))
  const lines = texts.flatMap((text) => text.split('\n').slice(0, -1))
  // Written by openAuditLog alone.
  return lines.map((line) => JSON.parse(line) as AuditRecord)
}
