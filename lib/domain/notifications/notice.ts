import { z } from 'zod'
import { ALARM_KINDS } from '../alarms/alarm'
import { OPERATION_KINDS } from '../operations/operation'
import { PROPOSAL_KINDS } from '../proposals/kinds'

/** Before an expiry, people are told this many days ahead; each once, and only the nearest. */
export const EXPIRY_DAYS = [30, 7, 1] as const
export type ExpiryDays = (typeof EXPIRY_DAYS)[number]

/** The nearest of the instants that has come; undefined while the expiry is far, or past. */
export function expiryDaysFor(expiresAt: Date, now: Date): ExpiryDays | undefined {
  const left = expiresAt.getTime() - now.getTime()
  if (left <= 0) return undefined
  return EXPIRY_DAYS.toReversed().find((days) => left <= days * 86_400_000)
}

/** A vault that has not answered for this long is told of; sooner it may be a restart or a hiccup of the network. */
export const SILENT_AFTER_MS = 5 * 60_000

const at = z.iso.datetime()
const days = z.union([z.literal(30), z.literal(7), z.literal(1)])
/** `day`: UTC; of a refusal its own, else that of the look. */
const ofLog = { connectionId: z.uuid(), vaultName: z.string(), day: z.iso.date() }
const key = { connectionId: z.uuid(), vaultName: z.string(), keyName: z.string() }

/**
 * What is told, by kind: ids, names and instants, so public that a mail may hold them. Never key bytes, never the value
 * that a review compares blind. Stored as it is, parsed on read; the webhook sends it as it is.
 */
export const noticeSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('review-waiting'),
    facts: z.object({
      ...key,
      reference: z.string(),
      importId: z.uuid().nullable(),
      enableRequestId: z.uuid().nullable(),
      /** What the request asks for; left out: to enable a version. */
      asks: z.literal('change_policy').optional(),
    }),
  }),
  z.object({
    kind: z.literal('proposal-waiting'),
    facts: z.object({ proposalId: z.uuid(), proposalKind: z.enum(PROPOSAL_KINDS) }),
  }),
  z.object({
    kind: z.literal('alarm'),
    facts: z.object({
      ...key,
      alarmId: z.uuid(),
      alarmKind: z.enum(ALARM_KINDS),
      keyVersion: z.string().nullable(),
      importId: z.uuid().nullable(),
    }),
  }),
  z.object({
    kind: z.literal('kek-expires'),
    facts: z.object({ ...key, kekId: z.uuid(), expiresAt: at, days }),
  }),
  z.object({ kind: z.literal('key-expires'), facts: z.object({ ...key, expiresAt: at, days }) }),
  z.object({
    kind: z.literal('connection-silent'),
    facts: z.object({ connectionId: z.uuid(), vaultName: z.string(), since: at }),
  }),
  z.object({
    kind: z.literal('operation-indeterminate'),
    facts: z.object({ ...key, operationId: z.uuid(), operationKind: z.enum(OPERATION_KINDS) }),
  }),
  z.object({
    kind: z.literal('release-denied'),
    /** A name that no vault takes where the log names none; null: further keys, of that day. */
    facts: z.object({ ...ofLog, keyName: z.string().nullable() }),
  }),
  z.object({
    kind: z.literal('release-first-seen'),
    facts: z.object({
      ...ofLog,
      keyName: z.string().nullable(),
      /** Digest of the first record of it that was read; null, and all of these: further ones, of that day. */
      record: z.string().nullable(),
      person: z.string().nullable(),
      address: z.string().nullable(),
      /** Left out: a person or an address is new. */
      environment: z.object({ sha256: z.string(), words: z.string() }).optional(),
    }),
  }),
  z.object({ kind: z.literal('releases-read-late'), facts: z.object(ofLog) }),
  z.object({ kind: z.literal('test'), facts: z.object({ testId: z.uuid(), personId: z.uuid() }) }),
])
export type Notice = z.infer<typeof noticeSchema>
export type NoticeKind = Notice['kind']
export type NoticeOf<Kind extends NoticeKind> = Extract<Notice, { kind: Kind }>

/** Something that a vault's log told is open for so many days; nothing else says that it is over. */
export const TOLD_BY_LOG_DAYS = 7

/** Alarms go first, and are marked as urgent; there are no quiet hours for anything. */
export type Urgency = 'alarm' | 'act' | 'know'

const URGENCY = {
  alarm: 'alarm',
  'review-waiting': 'act',
  'proposal-waiting': 'act',
  'operation-indeterminate': 'act',
  'connection-silent': 'act',
  'release-denied': 'act',
  'release-first-seen': 'know',
  'releases-read-late': 'know',
  'kek-expires': 'know',
  'key-expires': 'know',
  test: 'know',
} as const satisfies Record<NoticeKind, Urgency>

/** An expiry within a week is something to do; before, something to know. */
export function urgencyOf({ kind, facts }: Notice): Urgency {
  const near = (kind === 'kek-expires' || kind === 'key-expires') && facts.days <= 7
  return near ? 'act' : URGENCY[kind]
}

/** Makes one of it, however often it is seen. Of an expiry that was moved, and of another silence, one is made anew. */
export function aboutOf({ kind, facts }: Notice): string {
  switch (kind) {
    case 'review-waiting':
      return `${kind}:${facts.importId ?? facts.enableRequestId}`
    case 'proposal-waiting':
      return `${kind}:${facts.proposalId}`
    case 'alarm':
      return `${kind}:${facts.alarmId}`
    case 'kek-expires':
      return `${kind}:${facts.kekId}:${facts.expiresAt}:${facts.days}d`
    case 'key-expires':
      return `${kind}:${facts.connectionId}:${facts.keyName}:${facts.expiresAt}:${facts.days}d`
    case 'connection-silent':
      return `${kind}:${facts.connectionId}:${facts.since}`
    case 'operation-indeterminate':
      return `${kind}:${facts.operationId}`
    case 'release-denied':
      return `${kind}:${facts.connectionId}:${facts.day}:${facts.keyName === null ? 'more' : `key ${facts.keyName.toLowerCase()}`}`
    case 'release-first-seen':
      return `${kind}:${facts.connectionId}:${whatIsNew(facts)}`
    case 'releases-read-late':
      return `${kind}:${facts.connectionId}:${facts.day}`
    case 'test':
      return `${kind}:${facts.testId}`
  }
}

/** An environment is new to a key once; a record can be the first of a person and an address. */
function whatIsNew({ record, day, keyName, environment }: NoticeOf<'release-first-seen'>['facts']): string {
  if (record === null) return `${day}:more`
  return environment ? `key ${keyName?.toLowerCase()}:environment ${environment.sha256}` : record
}
