import { z } from 'zod'
import { err, ok, type Result } from '@/lib/domain/result'
import { cleanText } from './clean-text'
import { actOf } from './operation-names'
import { readCaller } from './read-caller'
import { readKey } from './read-key'
import { readOutcome } from './read-outcome'
import type { AsideReason, VaultLogRecord } from './vault-log-record'

/** Members of both shapes: a vault's record has its facts below `properties`, a Managed HSM's beside it. */
const documented = {
  id: z.unknown().optional(),
  requestUri: z.unknown().optional(),
  httpStatusCode: z.unknown().optional(),
}
const rawSchema = z.looseObject({
  ...documented,
  time: z.unknown().optional(),
  resourceId: z.unknown().optional(),
  operationName: z.unknown().optional(),
  resultSignature: z.unknown().optional(),
  resultDescription: z.unknown().optional(),
  callerIpAddress: z.unknown().optional(),
  correlationId: z.unknown().optional(),
  identity: z.unknown().optional(),
  properties: z.looseObject(documented).catch({}),
})
type Raw = z.infer<typeof rawSchema>

/** `null`: a record that is none of the history's business, such as a key that was read. */
export function readLogRecord(value: unknown): Result<VaultLogRecord | null, AsideReason> {
  const parsed = rawSchema.safeParse(value)
  if (!parsed.success) return err('not-an-object')
  const operation = cleanText(parsed.data.operationName)
  if (operation === null) return err('no-operation')
  const act = actOf(operation)
  if (act === undefined) return err('unknown-operation')
  return act === 'other' ? ok(null) : readAct(parsed.data, operation, act)
}

function readAct(raw: Raw, operation: string, act: 'release' | 'change'): Result<VaultLogRecord, AsideReason> {
  const time = cleanText(raw.time, 64)
  const at = time === null ? null : instantOf(time)
  if (time === null || at === null) return err('no-time')
  const vault = cleanText(raw.resourceId)?.split('/').filter(Boolean).at(-1)?.toLowerCase()
  if (!vault) return err('no-vault')
  const outcome = readOutcome(raw.properties.httpStatusCode ?? raw.httpStatusCode, raw.resultSignature)
  if (!outcome.ok) return outcome
  const { decision, status, signature } = outcome.value
  const key = readKey(raw.properties.id ?? raw.id, raw.properties.requestUri ?? raw.requestUri)
  const { objectId, appId, upn } = readCaller(raw.identity)
  const description = cleanText(raw.resultDescription)
  const releaseCode = /\bAKV\.SKR\.\d{1,6}\b/.exec(description ?? '')?.[0] ?? null
  const address = cleanText(raw.callerIpAddress)
  const correlationId = cleanText(raw.correlationId)
  // Member by member: put together from parts, each record would be several times as large, and there are millions.
  return ok({
    at,
    time,
    vault,
    origin: key.origin,
    operation,
    act,
    keyName: key.name,
    keyVersion: key.version,
    decision,
    status,
    signature,
    releaseCode,
    description,
    objectId,
    appId,
    upn,
    address,
    correlationId,
  })
}

/** Two centuries are enough; further away it is no time of a call. Times without a zone are UTC, as the service writes them. */
function instantOf(time: string): string | null {
  const match = /^(2[01]\d\d-\d\d-\d\d)T(\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?$/.exec(time)
  if (!match) return null
  const [, day, clock, fraction = '', zone = 'Z'] = match
  const instant = new Date(`${day}T${clock}${fraction.slice(0, 4)}${zone}`)
  return Number.isNaN(instant.getTime()) ? null : instant.toISOString()
}
