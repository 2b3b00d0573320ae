import 'server-only'
import { OTHER_OPERATIONS } from '@/lib/domain/releases/history/operation-names'

/** What concerns the history, and whatever on keys has a name that is not known here. */
const CONCERNS = `where (OperationName startswith "key" or OperationName contains "release" or isempty(OperationName))
  and OperationName !in (${OTHER_OPERATIONS.map((name) => `"${name}"`).join(', ')})`

/** Columns that both tables have, by one name. A time as text: the client would cut it to milliseconds. */
const COMMON = `TimeGenerated, At = tostring(TimeGenerated), ResourceId = _ResourceId, OperationName, ResultSignature,
  ResultDescription, CorrelationId`

/** A legacy table has the columns that some record brought, so each may be missing. */
const text = (column: string) => `tostring(column_ifexists("${column}", ""))`

/**
 * Both shapes of the tables, for a workspace may have either: `AzureDiagnostics`
 * (https://learn.microsoft.com/azure/key-vault/general/monitor-key-vault-reference) and `AZKVAuditLogs`
 * (https://learn.microsoft.com/azure/azure-monitor/reference/tables/azkvauditlogs). Oldest first.
 */
export function analyticsQuery(from: Date, to: Date, rows: number): string {
  const within = `where TimeGenerated >= datetime(${from.toISOString()}) and TimeGenerated <= datetime(${to.toISOString()})`
  return `union isfuzzy=true
(AzureDiagnostics | ${within} | where ResourceProvider == "MICROSOFT.KEYVAULT" | ${CONCERNS}
| project ${COMMON}, Table = "AzureDiagnostics", Address = CallerIPAddress,
  Status = toint(column_ifexists("httpStatusCode_d", real(null))), RequestUri = ${text('requestUri_s')}, Id = ${text('id_s')},
  ObjectId = ${text('identity_claim_oid_g')}, AppId = ${text('identity_claim_appid_g')},
  Upn = ${text('identity_claim_http_schemas_xmlsoap_org_ws_2005_05_identity_claims_upn_s')}),
(AZKVAuditLogs | ${within} | ${CONCERNS}
| project ${COMMON}, Table = "AZKVAuditLogs", Address = CallerIpAddress, Status = HttpStatusCode, RequestUri, Id, Identity)
| top ${rows} by TimeGenerated asc`
}
