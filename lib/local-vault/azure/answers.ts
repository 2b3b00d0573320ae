import type { Context } from 'hono'
import type { VaultHttp } from '../listen'
import type { Fault } from './fault'
import type { VaultContext } from './vault-call'

/** What an answer says of the call that it is to. */
type Answered = { requestId: string; clientRequestId: string | null }

/** An answer with the headers that every answer of a vault has. */
export function respond(
  vault: VaultContext,
  call: Answered,
  status: number,
  body: Record<string, unknown> | null,
  more: Record<string, string> = {},
): Response {
  const headers = new Headers({
    'cache-control': 'no-cache',
    pragma: 'no-cache',
    'x-content-type-options': 'nosniff',
    'x-ms-keyvault-region': vault.settings.region,
    'x-ms-keyvault-service-version': '1.9.0.0',
    'x-ms-keyvault-network-info': 'conn_type=Ipv4;addr=127.0.0.1;act_addr_fam=InterNetwork;',
    'x-ms-request-id': call.requestId,
    ...(call.clientRequestId !== null && { 'x-ms-client-request-id': call.clientRequestId }),
    ...(body !== null && { 'content-type': 'application/json; charset=utf-8' }),
    ...more,
  })
  return new Response(body === null ? null : JSON.stringify(body), { status, headers })
}

export function respondFault(vault: VaultContext, call: Answered, fault: Fault): Response {
  const activity = vault.kind === 'azure-managed-hsm' ? ` (Activity ID: ${call.requestId})` : ''
  const inner = fault.inner ? { innererror: { code: fault.inner } } : {}
  const error = { code: fault.code, message: `${fault.message}${activity}`, ...inner }
  return respond(vault, call, fault.status, fault.bare ? null : { error }, fault.headers)
}

/** No answer at all: the client sees its connection reset. */
export function cutConnection(context: Context<VaultHttp>): Response {
  context.env.incoming.socket.resetAndDestroy()
  return new Response(null, { headers: { 'x-hono-already-sent': 'true' } })
}
