import { ok, type Result } from '@/lib/domain/result'
import { readLogRecord } from './read-log-record'
import type { AsideReason, VaultLogRecord } from './vault-log-record'

/** One row of Log Analytics by the names that the query gives its columns; what a table has not is null or empty. */
export type LogRow = Readonly<Record<string, unknown>>

/**
 * A row as the record that a file would hold, so that both have the same digest. Caller: `Identity` of `AZKVAuditLogs`,
 * three columns of `AzureDiagnostics`.
 */
export function readLogRow(row: LogRow): Result<VaultLogRecord | null, AsideReason> {
  const isHsm = typeof row.ResourceId === 'string' && /\/managedhsms\//i.test(row.ResourceId)
  const read = readLogRecord({
    time: typeof row.At === 'string' ? timeAsInFiles(row.At, isHsm) : undefined,
    resourceId: row.ResourceId,
    operationName: row.OperationName,
    resultSignature: row.ResultSignature,
    resultDescription: row.ResultDescription,
    callerIpAddress: row.Address,
    correlationId: row.CorrelationId,
    identity: row.Identity ?? { claim: { oid: row.ObjectId, appid: row.AppId, upn: row.Upn } },
    properties: { id: row.Id, requestUri: row.RequestUri, httpStatusCode: row.Status ?? undefined },
  })
  if (!read.ok || read.value === null || !isHsm || read.value.status === null) return read
  return ok({ ...read.value, signature: null }) // a Managed HSM's file has none
}

/** A vault writes seven decimals of a second. A Managed HSM's are as many as are needed, three at least: UNVERIFIED. */
function timeAsInFiles(time: string, isHsm: boolean): string {
  const [, second, fraction = '', zone = ''] = /^([^.Z]*)(?:\.(\d+))?(.*)$/.exec(time) ?? []
  if (second === undefined) return time
  const decimals = isHsm ? fraction.replace(/0+$/, '').padEnd(3, '0') : fraction.padEnd(7, '0')
  return `${second}.${decimals}${zone}`
}
