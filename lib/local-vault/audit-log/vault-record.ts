import { STATUS_CODES } from 'node:http'
import type { AuditedVault, CallerClaims, EndedCall } from './ended-call'
import { operationNameOf } from './operation-names'

/** A Key Vault's record (https://learn.microsoft.com/azure/key-vault/general/logging). */
export function vaultRecord(vault: AuditedVault, call: EndedCall): Record<string, unknown> {
  return {
    time: sevenDecimals(call.time),
    category: 'AuditEvent',
    operationName: operationNameOf(call.operation),
    // Also of refusals: resultSignature and httpStatusCode tell the truth.
    resultType: 'Success',
    ...(call.description !== null && { resultDescription: call.description }),
    correlationId: call.correlationId,
    callerIpAddress: call.request?.callerIpAddress ?? '',
    identity: call.caller ? { claim: claimsOf(call.caller) } : {},
    properties: propertiesOf(vault, call),
    resourceId: vault.resourceId.toUpperCase(),
    operationVersion: call.apiVersion,
    resultSignature: signatureOf(call.status),
    durationMs: String(call.durationMs),
  }
}

/** The service's own `resultSignature` of 200 and 204 is the same word. */
export function signatureOf(status: number): string {
  return status < 300 ? 'OK' : (STATUS_CODES[status] ?? String(status))
}

function propertiesOf({ url }: AuditedVault, { key, request, status, access, answered }: EndedCall) {
  return {
    ...(key && { id: `${url}/keys/${key.name}${key.version === null ? '' : `/${key.version}`}` }),
    ...(request && { clientInfo: request.clientInfo }),
    httpStatusCode: status,
    ...(request && { requestUri: request.requestUri }),
    ...(access && { [access.model === 'rbac' ? 'isRbacAuthorized' : 'isAccessPolicyMatch']: access.granted }),
    ...(answered && { keyProperties: keyPropertiesOf(answered) }),
    ...(request?.tls && { tlsVersion: request.tls.replace('v', '').replace('.', '_') }),
  }
}

function keyPropertiesOf({ type, hsmPlatform }: NonNullable<EndedCall['answered']>) {
  return { type, ...(hsmPlatform !== null && { attributes: { hsmPlatform } }) }
}

function claimsOf({ oid, appid, appidacr, iss, tid }: CallerClaims) {
  return { oid, appid, ...(appidacr && { appidacr }), ...(iss && { iss }), ...(tid && { tid }) }
}

/** Of a second, as the service writes it. */
function sevenDecimals(ms: number): string {
  return new Date(ms).toISOString().replace('Z', '0000Z')
}
