import { z } from 'zod'
import { signatureOf } from '../vault-record'
import type { StoredRecord } from './read-records'
import type { Tables } from './run-query'
import { type Column, type ColumnType, nothingOf, type Row, type Table, type Value } from './table'

/** What both kinds of records say, wherever they say it. */
const detailsSchema = z.object({
  clientInfo: z.string().optional(),
  requestUri: z.string().optional(),
  id: z.string().optional(),
  httpStatusCode: z.number().optional(),
  isRbacAuthorized: z.boolean().optional(),
  isAccessPolicyMatch: z.boolean().optional(),
  tlsVersion: z.string().optional(),
  keyProperties: z.record(z.string(), z.unknown()).optional(),
})
const commonSchema = z.looseObject({
  time: z.string(),
  resourceId: z.string(),
  operationName: z.string(),
  operationVersion: z.string(),
  resultType: z.string(),
  resultSignature: z.string().optional(),
  resultDescription: z.string().optional(),
  durationMs: z.coerce.number(),
  callerIpAddress: z.string(),
  correlationId: z.string(),
  identity: z.union([z.string(), z.record(z.string(), z.unknown())]),
  properties: z.record(z.string(), z.unknown()),
})

const claimsSchema = z
  .object({
    claim: z.looseObject({
      appid: z.string().optional(),
      oid: z.string().optional(),
      upn: z.string().optional(),
      http_schemas_microsoft_com_identity: z.object({ claims: z.object({ objectidentifier: z.string() }) }).optional(),
    }),
  })
  .partial()

type Facts = {
  record: z.infer<typeof commonSchema>
  details: z.infer<typeof detailsSchema>
  identity: object
  claims: { appid: string; oid: string; upn: string }
}

function factsOf(stored: StoredRecord): Facts {
  const record = commonSchema.parse(stored)
  const details = detailsSchema.parse({ ...record, ...record.properties })
  const identity: unknown = typeof record.identity === 'string' ? JSON.parse(record.identity) : record.identity
  const { claim } = claimsSchema.parse(identity)
  const oid = claim?.oid ?? claim?.http_schemas_microsoft_com_identity?.claims.objectidentifier ?? ''
  return {
    record,
    details,
    identity: Object(identity),
    claims: { appid: claim?.appid ?? '', oid, upn: claim?.upn ?? '' },
  }
}

type Definition = Record<string, [ColumnType, ((facts: Facts) => Value | undefined)?]>

const resourceOf = ({ record }: Facts) => record.resourceId.split('/')
const signature = ({ record, details }: Facts) => record.resultSignature ?? signatureOf(details.httpStatusCode ?? 0)

const common: Definition = {
  TimeGenerated: ['datetime', ({ record }) => new Date(record.time)],
  OperationName: ['string', ({ record }) => record.operationName],
  OperationVersion: ['string', ({ record }) => record.operationVersion],
  ResultType: ['string', ({ record }) => record.resultType],
  ResultSignature: ['string', signature],
  ResultDescription: ['string', ({ record }) => record.resultDescription],
  DurationMs: ['int', ({ record }) => record.durationMs],
  CorrelationId: ['string', ({ record }) => record.correlationId],
  _ResourceId: ['string', ({ record }) => record.resourceId.toLowerCase()],
}

/** The legacy table, https://learn.microsoft.com/azure/key-vault/general/monitor-key-vault-reference. */
const azureDiagnostics: Definition = {
  ...common,
  ResourceProvider: ['string', () => 'MICROSOFT.KEYVAULT'],
  ResourceType: ['string', (facts) => resourceOf(facts).at(-2)],
  Resource: ['string', (facts) => resourceOf(facts).at(-1)],
  Category: ['string', () => 'AuditEvent'],
  CallerIPAddress: ['string', ({ record }) => record.callerIpAddress],
  httpStatusCode_d: ['real', ({ details }) => details.httpStatusCode],
  requestUri_s: ['string', ({ details }) => details.requestUri],
  clientInfo_s: ['string', ({ details }) => details.clientInfo],
  id_s: ['string', ({ details }) => details.id],
  tlsVersion_s: ['string', ({ details }) => details.tlsVersion],
  identity_claim_appid_g: ['string', ({ claims }) => claims.appid],
  identity_claim_oid_g: ['string', ({ claims }) => claims.oid],
  identity_claim_http_schemas_xmlsoap_org_ws_2005_05_identity_claims_upn_s: ['string', ({ claims }) => claims.upn],
  Type: ['string', () => 'AzureDiagnostics'],
}

/** The resource-specific table, https://learn.microsoft.com/azure/azure-monitor/reference/tables/azkvauditlogs. */
const auditLogs: Definition = {
  ...common,
  HttpStatusCode: ['int', ({ details }) => details.httpStatusCode],
  CallerIpAddress: ['string', ({ record }) => record.callerIpAddress],
  ClientInfo: ['string', ({ details }) => details.clientInfo],
  RequestUri: ['string', ({ details }) => details.requestUri],
  Id: ['string', ({ details }) => details.id],
  Identity: ['dynamic', ({ identity }) => identity],
  Properties: ['dynamic', ({ record }) => record.properties],
  KeyProperties: ['dynamic', ({ details }) => details.keyProperties],
  SecretProperties: ['dynamic'],
  CertificateProperties: ['dynamic'],
  VaultProperties: ['dynamic'],
  NetworkAcls: ['dynamic'],
  Nsp: ['dynamic'],
  IsRbacAuthorized: ['bool', ({ details }) => details.isRbacAuthorized],
  AppliedAssignmentId: ['string'],
  IsAccessPolicyMatch: ['bool', ({ details }) => details.isAccessPolicyMatch],
  IsAddressAuthorized: ['bool'],
  AddressAuthorizationType: ['string'],
  SubnetId: ['string'],
  TrustedService: ['string'],
  Tlsversion: ['string', ({ details }) => details.tlsVersion],
  Algorithm: ['string'],
  HsmPoolResourceId: ['string'],
  EnableRbacAuthorization: ['bool'],
  EnableSoftDelete: ['bool'],
  EnablePurgeProtection: ['bool'],
  SoftDeleteRetentionInDays: ['int'],
  Sku: ['string'],
  _SubscriptionId: ['string', (facts) => resourceOf(facts)[2]?.toLowerCase()],
  TenantId: ['string'],
  Type: ['string', () => 'AZKVAuditLogs'],
}

/** The same records in both shapes, as a workspace shows them. */
export function tablesOf(records: readonly StoredRecord[]): Tables {
  const facts = records.map(factsOf)
  return new Map([
    ['AzureDiagnostics', tableOf(azureDiagnostics, facts)],
    ['AZKVAuditLogs', tableOf(auditLogs, facts)],
  ])
}

function tableOf(definition: Definition, facts: readonly Facts[]): Table {
  const entries = Object.entries(definition)
  const columns: Column[] = entries.map(([name, [type]]) => ({ name, type }))
  const toRow = (each: Facts): Row =>
    new Map(entries.map(([name, [type, read]]): [string, Value] => [name, read?.(each) ?? nothingOf(type)]))
  return { columns, rows: facts.map(toRow) }
}
