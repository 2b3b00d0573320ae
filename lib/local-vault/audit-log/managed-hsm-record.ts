import type { AuditedVault, CallerClaims, EndedCall } from './ended-call'
import { operationNameOf } from './operation-names'

/** A Managed HSM's record: flatter, its identity a string (https://learn.microsoft.com/azure/key-vault/managed-hsm/logging). */
export function managedHsmRecord(vault: AuditedVault, call: EndedCall): Record<string, unknown> {
  return {
    TenantId: vault.tenantId,
    time: new Date(call.time).toISOString(),
    resourceId: vault.resourceId.toUpperCase(),
    operationName: operationNameOf(call.operation),
    operationVersion: call.apiVersion,
    category: 'AuditEvent',
    // Also of refusals: httpStatusCode tells the truth.
    resultType: 'Success',
    properties: { PoolType: 'M-HSM', sku_Family: 'B', sku_Name: 'Standard_B1' },
    durationMs: call.durationMs,
    callerIpAddress: call.request?.callerIpAddress ?? '',
    identity: JSON.stringify(call.caller ? { claim: claimsOf(call.caller) } : {}),
    clientInfo: call.request?.clientInfo ?? '',
    correlationId: call.correlationId,
    subnetId: '(unknown)',
    httpStatusCode: call.status,
    PoolName: vault.name,
    // What the HSM does by itself nobody asked for; the key is told all the same.
    requestUri: call.request?.requestUri ?? keyUri(vault, call),
    resourceGroup: /\/resourceGroups\/([^/]+)/i.exec(vault.resourceId)?.[1] ?? '',
    resourceProvider: 'MICROSOFT.KEYVAULT',
    resource: vault.name,
    resourceType: 'managedHSMs',
  }
}

function keyUri({ url }: AuditedVault, { key }: EndedCall): string {
  return key ? `${url}/keys/${key.name}` : ''
}

function claimsOf({ appid, oid }: CallerClaims) {
  return { appid, http_schemas_microsoft_com_identity: { claims: { objectidentifier: oid } } }
}
