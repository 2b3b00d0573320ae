import type { TLSSocket } from 'node:tls'
import type { Context } from 'hono'
import type { CallerClaims, EndedCall, SeenRequest } from '../audit-log/ended-call'
import type { VaultHttp } from '../listen'
import type { Verdict } from './access/authorise'
import { Fault } from './fault'
import type { Match } from './match-route'
import type { VaultReply } from './vault-call'

/** What is known of a call so far; each step on its way adds to it. */
export type Seen = {
  /** By `performance.now()`. */
  began: number
  caller: CallerClaims | null
  match: Match | null
  access: Verdict | null
}

type Request = Seen & {
  context: Context<VaultHttp>
  url: URL
  requestId: string
  clientRequestId: string | null
}

/** URLs and headers of any length come from outside. */
const longest = 2048
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** One call for the audit log. `end` is null where the connection was cut after the commit. */
export function describeEnd(request: Request, end: VaultReply | Fault | null, now: number): EndedCall {
  const { match, caller, url, clientRequestId, requestId } = request
  const status = end === null ? 200 : end.status
  const version = url.searchParams.get('api-version') ?? ''
  return {
    time: now,
    durationMs: Math.round(performance.now() - request.began),
    operation: match?.operation ?? null,
    apiVersion: /^[\w.-]{1,32}$/.test(version) ? version : '',
    key: keyOf(match, end),
    status,
    description: end instanceof Fault ? descriptionOf(end) : null,
    caller,
    // Documented as the GUID that a client may pass; anything else is not repeated.
    correlationId: clientRequestId !== null && guid.test(clientRequestId) ? clientRequestId : requestId,
    request: seenRequest(request),
    access: recordedAccess(request.access),
    answered: end === null || end instanceof Fault ? null : answeredKey(end),
  }
}

/** A Managed HSM's audit records do not tell which model decided. */
function recordedAccess(access: Verdict | null): EndedCall['access'] {
  if (access === null || access.model === 'local-rbac') return null
  return { model: access.model, granted: access.granted }
}

function keyOf(match: Match | null, end: VaultReply | Fault | null): EndedCall['key'] {
  const told = end !== null && 'name' in end && !(end instanceof Fault) ? end.name : undefined
  const name = match?.name || told
  return name ? { name, version: match?.version?.toLowerCase() ?? null } : null
}

/** A 400 may speak of what a body held (a policy, an attestation's issuer), which is not for the log. */
function descriptionOf({ status, message }: Fault): string | null {
  return status === 400 ? null : message
}

function seenRequest({ context, url }: Request): SeenRequest {
  const { socket } = context.env.incoming
  return {
    requestUri: url.href.slice(0, longest),
    clientInfo: (context.req.header('user-agent') ?? '').slice(0, longest),
    callerIpAddress: (socket.remoteAddress ?? '').replace(/^::ffff:/, ''),
    // With TLS the socket is a TLSSocket, which alone has this method.
    tls: 'getProtocol' in socket ? (socket as TLSSocket).getProtocol() : null,
  }
}

function answeredKey(reply: VaultReply): EndedCall['answered'] {
  if (reply.status !== 200) return null
  const type = memberOf(reply.body.key, 'kty')
  return type === null ? null : { type, hsmPlatform: memberOf(reply.body.attributes, 'hsmPlatform') }
}

function memberOf(value: unknown, name: string): string | null {
  if (typeof value !== 'object' || value === null) return null
  const member: unknown = Reflect.get(value, name)
  return typeof member === 'string' ? member : null
}
