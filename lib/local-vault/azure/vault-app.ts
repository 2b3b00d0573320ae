import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { AcknowledgedLog } from '../acknowledged-log'
import { Abandoned } from '../admin/holds'
import type { AuditLog } from '../audit-log/audit-log'
import type { AuditedVault } from '../audit-log/ended-call'
import type { VaultHttp } from '../listen'
import { type Caller, checkToken, type TokenAuthority } from '../token/access-token'
import { denied, type Verdict, verdictOn } from './access/authorise'
import { addressesOf, resourcesOf } from './addresses'
import { cutConnection, respond, respondFault } from './answers'
import { type ApiVersion, readApiVersion, withoutNewer } from './api-versions'
import { challenge, refuseToken } from './challenge'
import { describeEnd, type Seen } from './describe-end'
import { badParameter, Fault } from './fault'
import { keyNamePattern, maxBodyBytes, maxRestoreBytes } from './limits'
import { type Match, matchRoute } from './match-route'
import { ConnectionCut, type Misbehaviour, type Sentinelled } from './misbehave'
import { operationTable } from './operation-table'
import { readRequestBody } from './read-body'
import { readJson } from './request-body'
import type { Throttle } from './throttle'
import type { VaultCall, VaultContext, VaultReply } from './vault-call'

export type VaultParts = {
  vault: VaultContext
  /** Milliseconds, for the log; the vault itself counts seconds. */
  now: () => number
  authority: TokenAuthority
  log: AcknowledgedLog
  /** What the cloud would write of each call. */
  audit: AuditLog
  audited: AuditedVault
  misbehave: Misbehaviour
  /** Purges what is past its date, before a call that could see it. */
  settlePurges: () => Promise<void>
  throttle: Throttle
}

/** The vault as its caller calls it. */
type Face = VaultParts & {
  audiences: string[]
  /** What the challenge names. */
  resource: string
}
type Outcome =
  | { kind: 'reply'; reply: VaultReply }
  | { kind: 'fault'; fault: Fault }
  | { kind: 'cut'; audited: boolean }

type Request = Seen & { context: Context<VaultHttp>; url: URL; requestId: string; clientRequestId: string | null }
type Matched = Request & Match & { caller: Caller; api: ApiVersion; access: Verdict }

/** One vault's HTTP face: challenge, route, permission, sentinels, operation, log, answer. */
export function vaultApp(parts: VaultParts): Hono<VaultHttp> {
  const { cloud, local } = resourcesOf(parts.vault)
  const { address, named } = addressesOf(parts.vault)
  const audiences = [cloud, local]
  const byAddress: Face = { ...parts, vault: { ...parts.vault, url: address }, audiences, resource: cloud }
  const byName: Face = { ...parts, vault: { ...parts.vault, url: named }, audiences, resource: local }
  const ownName = new URL(named).host

  const app = new Hono<VaultHttp>()
  app.all('*', (context) => {
    const isByName = context.req.header('host')?.toLowerCase() === ownName
    return answer(isByName ? byName : byAddress, readRequest(context))
  })
  return app
}

function readRequest(context: Context<VaultHttp>): Request {
  const clientRequestId = context.req.header('x-ms-client-request-id')?.slice(0, 128) ?? null
  const url = new URL(context.req.url)
  const seen: Seen = { began: performance.now(), caller: null, match: null, access: null }
  return { context, url, requestId: randomUUID(), clientRequestId, ...seen }
}

async function answer(parts: Face, request: Request): Promise<Response> {
  const outcome = await settle(parts, request)
  try {
    audit(parts, request, outcome)
  } catch (error) {
    // Without its record a call is not acknowledged.
    return respondFault(parts.vault, request, internalFault(error))
  }
  switch (outcome.kind) {
    case 'cut':
      return cutConnection(request.context)
    case 'fault':
      return respondFault(parts.vault, request, outcome.fault)
    case 'reply':
      return outcome.reply.status === 204
        ? respond(parts.vault, request, 204, null)
        : respond(parts.vault, request, 200, outcome.reply.body)
  }
}

async function settle(parts: Face, request: Request): Promise<Outcome> {
  try {
    return { kind: 'reply', reply: await handle(parts, request) }
  } catch (error) {
    if (error instanceof Abandoned) return { kind: 'cut', audited: false }
    if (error instanceof ConnectionCut) return { kind: 'cut', audited: true }
    return { kind: 'fault', fault: error instanceof Fault ? error : internalFault(error) }
  }
}

/** What was cut after its commit has a record of success, as a service whose client went away would write it. */
function audit({ audit: log, audited, vault, now }: VaultParts, request: Request, outcome: Outcome): void {
  if (outcome.kind === 'cut' && !outcome.audited) return
  const end = outcome.kind === 'fault' ? outcome.fault : outcome.kind === 'reply' ? outcome.reply : null
  log.append({ ...audited, url: vault.url }, describeEnd(request, end, now()))
}

async function handle(parts: Face, request: Request): Promise<VaultReply> {
  const check = await checkToken(parts.authority, request.context.req.header('authorization'), parts.audiences)
  if (!check.ok) throw refuseToken(check.refusal, parts.vault.kind, challenge(parts.authority, parts.resource))
  const { caller } = check
  request.caller = caller
  const api = readApiVersion(request.url.searchParams.get('api-version'))
  const match = matchRoute(methodOf(request.context), request.url.pathname)
  if (match.name !== '' && !keyNamePattern.test(match.name))
    throw badParameter('The request URI contains an invalid name.')
  request.match = match
  const access = verdictOn(parts.vault, { ...match, caller })
  request.access = access
  const reply = await perform(parts, { ...request, ...match, api, caller, access })
  return reply.status === 200 ? { ...reply, body: withoutNewer(reply.body, api) } : reply
}

/** Runs the operation between what its name's sentinel does before and after the commit, and logs how it ended. */
async function perform(parts: VaultParts, request: Matched): Promise<VaultReply> {
  const { operation, name } = request
  try {
    if (!request.access.granted) throw denied(parts.vault, request)
    await parts.settlePurges()
    const body = await readBodyAsJson(request.context.req.raw, operation === 'restore' ? maxRestoreBytes : maxBodyBytes)
    const sentinel = parts.misbehave(parts.vault.name, operation, name)
    await sentinel.before()
    const call = toCall(parts, request, body, sentinel)
    parts.throttle(operation, call)
    const reply = await operationTable[operation].handle(call)
    await sentinel.after()
    const { version = undefined, name: found = name } = reply.status === 200 ? reply : {}
    acknowledge(parts, { ...request, name: found }, reply.status, version)
    return reply
  } catch (error) {
    if (error instanceof Fault) acknowledge(parts, request, error.status, undefined)
    if (error instanceof ConnectionCut) acknowledge(parts, request, null, undefined)
    throw error
  }
}

function toCall(
  { vault }: VaultParts,
  { context, caller, name, version, url, api }: Matched,
  body: unknown,
  sentinel: Sentinelled,
): VaultCall {
  const { substitutes: substitute, againstPolicy, deletionSeconds } = sentinel
  const origin = `${url.protocol}//${context.req.header('host') ?? url.host}`
  return {
    vault,
    caller,
    name,
    version: version?.toLowerCase(),
    query: url.searchParams,
    api,
    body,
    origin,
    substitute,
    againstPolicy,
    deletionSeconds,
  }
}

async function readBodyAsJson(request: globalThis.Request, limit: number): Promise<unknown> {
  const body = await readRequestBody(request, limit).catch((cause: unknown) => {
    throw new Abandoned('the client went in the middle of its body', { cause })
  })
  if (body === 'too-large') throw new Fault(413, 'BadParameter', 'The request body is too large.')
  return readJson(body.toString('utf8'))
}

/** Clients behind proxies that refuse PATCH or DELETE send POST with the method in a header. */
function methodOf(context: Context<VaultHttp>): string {
  const override = context.req.header('x-http-method')?.toUpperCase()
  if (context.req.method === 'POST' && (override === 'PATCH' || override === 'DELETE')) return override
  return context.req.method
}

function acknowledge(
  { vault, log, now }: VaultParts,
  request: Matched,
  status: number | null,
  version: string | undefined,
): void {
  const { operation, name, requestId, clientRequestId, caller } = request
  if (!operationTable[operation].logged) return
  const time = new Date(now()).toISOString()
  log.append({
    time,
    vault: vault.name,
    operation,
    name,
    version: version ?? request.version ?? null,
    status,
    requestId,
    clientRequestId,
    appid: caller.appid,
  })
}

function internalFault(error: unknown): Fault {
  // A bug of ours: its name helps, its text might hold input.
  console.error(`local vault: unexpected ${error instanceof Error ? error.name : typeof error}`)
  return new Fault(500, 'InternalError', 'The local vault failed; this is a defect of the local vault.')
}
