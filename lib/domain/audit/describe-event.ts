import type { OperationKind } from '../operations/operation'
import { type AuditEventType, type AuditPhase, auditDetailsSchema } from './event'

/** What a sentence is made of; the rest of an event is shown beside it. */
export interface DescribedEvent {
  type: AuditEventType
  phase: AuditPhase
  actorName: string | null
  vaultName: string | null
  keyName: string | null
  keyVersion: string | null
  code: string | null
  details: unknown
}

type Told = Pick<DescribedEvent, 'phase' | 'code'> & {
  who: string
  key: string
  vault: string
  fact: FactReader
  count: CountReader
}
type FactReader = (name: string) => string | undefined
type CountReader = (name: string) => number | undefined

/** One sentence per event; a type or a kind of operation without words does not compile. */
export function describeEvent(event: DescribedEvent): string {
  const told: Told = {
    phase: event.phase,
    code: event.code,
    who: event.actorName ?? 'Drawbridge',
    key: keyWords(event),
    vault: event.vaultName ?? 'a vault',
    fact: factsOf(event.details),
    count: countsOf(event.details),
  }
  if (event.type === 'operation') return describeOperation(told, kindOf(event.details))
  return WORDS[event.type](told)
}

function keyWords({ keyName, keyVersion }: DescribedEvent): string {
  if (!keyName) return 'a key'
  return keyVersion ? `${keyName}, version ${keyVersion.slice(0, 8)}…,` : keyName
}

/** Infinitives: "is about to …", "did …" follow from the phase. */
const ACTS = {
  create_kek: (told) => ({
    act: `create the KEK ${told.key} in ${told.vault}`,
    did: `created the KEK ${told.key} in ${told.vault}`,
  }),
  retire_kek: (told) => ({
    act: `retire the KEK ${told.key} in ${told.vault}`,
    did: `retired the KEK ${told.key} in ${told.vault}`,
  }),
  import_key: (told) => ({
    act: `import ${told.key} into ${told.vault}, disabled`,
    did: `imported ${told.key} into ${told.vault}, disabled for review`,
  }),
  enable_key: (told) => ({
    act: `enable the imported ${told.key} in ${told.vault}`,
    did: `enabled the imported ${told.key} in ${told.vault}`,
  }),
  reject_key: (told) => ({
    act: `mark the imported ${told.key} in ${told.vault} as rejected`,
    did: `marked the imported ${told.key} in ${told.vault} as rejected; it stays disabled`,
  }),
  disable_key: (told) => ({
    act: `disable ${told.key} in ${told.vault}`,
    did: `disabled ${told.key} in ${told.vault}`,
  }),
  mark_compromised: (told) => ({
    act: `mark ${told.key} in ${told.vault} as compromised`,
    did: `marked ${told.key} in ${told.vault} as compromised`,
  }),
  delete_key: (told) => ({
    act: `delete the rejected ${told.key} from ${told.vault}`,
    did: `deleted the rejected ${told.key} from ${told.vault}`,
  }),
  release_key: (told) => ({
    act: `release ${told.key} from ${told.vault} to an attested environment`,
    did: `released ${told.key} from ${told.vault}, encrypted for an attested environment`,
  }),
  reenable_key: (told) => ({
    act: `enable the stopped ${told.key} in ${told.vault} again`,
    did: `enabled the stopped ${told.key} in ${told.vault} again`,
  }),
  change_policy: (told) => ({
    act: `change the release policy of ${told.key} in ${told.vault}`,
    did: `changed the release policy of ${told.key} in ${told.vault}`,
  }),
} as const satisfies Record<OperationKind, (told: Told) => { act: string; did: string }>

const OPERATION_PHASES = {
  intended: ({ who }, { act }) => `${who} set out to ${act}`,
  succeeded: ({ who }, { did }) => `${who} ${did}`,
  failed: ({ who, code }, { act }) => `${who} failed to ${act}${codeWords(code)}`,
  indeterminate: ({ who }, { act }) => `It is not known whether the vault did what ${who} asked: to ${act}`,
  refused: ({ who, code }, { act }) => `${who} was refused when asking to ${act}${codeWords(code)}`,
  noted: ({ who }, { act }) => `${who} went on to ${act}`,
} as const satisfies Record<AuditPhase, (told: Told, words: { act: string; did: string }) => string>

function describeOperation(told: Told, kind: OperationKind | undefined): string {
  const words = kind
    ? ACTS[kind](told)
    : { act: `act on ${told.key} in ${told.vault}`, did: `acted on ${told.key} in ${told.vault}` }
  return sentence(OPERATION_PHASES[told.phase](told, words) + reasonWords(told))
}

const WORDS = {
  'session.started': ({ who, fact }) =>
    sentence(fact('secondFactor') === 'owed' ? `${who} began to sign in; a passkey is asked for` : `${who} signed in`),
  'session.ended': describeEnd,
  'sign-in.refused': ({ fact, code }) =>
    sentence(`A sign-in as ${fact('email') ?? namedByProvider(fact)} was refused${codeWords(code)}`),
  'kek.public-key-downloaded': ({ who, key, vault }) =>
    sentence(`${who} downloaded the public half of the KEK ${key} of ${vault}`),
  'kek.transfer-sheet-opened': ({ who, key, vault }) =>
    sentence(`${who} opened the transfer sheet of the KEK ${key} of ${vault}`),
  'review.approved': (told) =>
    sentence(`${told.who} approved ${told.key} in ${told.vault}${countWords(told)}${reasonWords(told)}`),
  'review.rejected': (told) => sentence(`${told.who} rejected ${told.key} in ${told.vault}${reasonWords(told)}`),
  'review.approvals-voided': ({ key, vault, code }) =>
    sentence(`What was approved before about ${key} in ${vault} counts no more${codeWords(code)}`),
  'review.comparison-failed': ({ who, key, vault, code }) =>
    sentence(`The value that ${who} gave did not match ${key} in ${vault}${codeWords(code)}`),
  'enable.requested': (told) =>
    told.phase === 'refused'
      ? sentence(`${told.who} withdrew the request to enable ${told.key} in ${told.vault} again`)
      : sentence(`${told.who} asked to enable ${told.key} in ${told.vault} again${reasonWords(told)}`),
  'policy-change.requested': (told) =>
    told.phase === 'refused'
      ? sentence(`${told.who} withdrew the proposal to change the release policy of ${told.key} in ${told.vault}`)
      : sentence(`${told.who} proposed another release policy for ${told.key} in ${told.vault}${reasonWords(told)}`),
  'policy-test.added': ({ who, key, vault, fact }) =>
    sentence(`${who} added the policy test “${fact('test') ?? ''}” to ${key} in ${vault}`),
  'policy-test.removed': ({ who, key, vault, fact }) =>
    sentence(`${who} removed the policy test “${fact('test') ?? ''}” from ${key} in ${vault}`),
  'import.draft-discarded': ({ who }) => sentence(`${who} discarded a draft of an import`),
  'alarm.raised': ({ key, vault, code }) => sentence(`An alarm was raised about ${key} in ${vault}${codeWords(code)}`),
  'alarm.acknowledged': (told) =>
    sentence(`${told.who} acknowledged an alarm about ${told.key} in ${told.vault}${codeWords(told.code)}`),
  'connection.added': ({ who, vault }) => sentence(`${who} connected the vault ${vault}`),
  'connection.removed': ({ who, vault }) => sentence(`${who} disconnected the vault ${vault}`),
  'audit.exported': ({ who, fact }) => sentence(`${who} exported the audit log${formatWords(fact('format'))}`),
  'releases.exported': ({ who, fact }) => sentence(`${who} exported the release history${formatWords(fact('format'))}`),
  'releases.completed': ({ who, key, vault }) =>
    sentence(`${who} supplied the attestation token of a release of ${key} from ${vault}`),
  'action.refused': ({ who, fact, code }) =>
    sentence(`${who} was refused: ${fact('action') ?? 'an action'}${codeWords(code)}`),
  'person.created': ({ who, fact }) => sentence(`${who} created the account of ${fact('name') ?? 'a person'}`),
  'person.changed': (told) => sentence(`${told.who} ${personChange(told)}`),
  'person.disabled': ({ who, fact }) => sentence(`${who} disabled the account of ${fact('name') ?? 'a person'}`),
  'person.invited': ({ who, fact }) => sentence(`${who} made an invitation for ${fact('name') ?? 'a person'}`),
  'person.joined': ({ who }) => sentence(`${who} set their password by an invitation`),
  'password.changed': ({ who }) => sentence(`${who} changed their password`),
  'passkey.registered': ({ who, fact }) => sentence(`${who} registered the passkey ${fact('passkey') ?? ''}`.trim()),
  'passkey.removed': ({ who, fact }) => sentence(`${who} removed the passkey ${fact('passkey') ?? ''}`.trim()),
  'second-factor.passed': ({ who, fact }) =>
    sentence(`${who} signed in with the passkey ${fact('passkey') ?? ''}`.trim()),
  'second-factor.refused': ({ who, code }) => sentence(`The second factor of ${who} was refused${codeWords(code)}`),
  'step-up.passed': ({ who, fact }) => sentence(`${who} proved to be present for ${fact('action') ?? 'an act'}`),
  'step-up.refused': ({ who, fact, code }) =>
    sentence(`The proof of ${who} for ${fact('action') ?? 'an act'} was refused${codeWords(code)}`),
  'proposal.made': (told) => sentence(`${told.who} proposed to ${proposalWords(told)}${reasonWords(told)}`),
  'proposal.confirmed': (told) =>
    sentence(`${told.who} confirmed the proposal to ${proposalWords(told)}${reasonWords(told)}`),
  'proposal.refused': (told) =>
    sentence(`${told.who} refused the proposal to ${proposalWords(told)}${reasonWords(told)}`),
  'proposal.withdrawn': (told) => sentence(`${told.who} withdrew the proposal to ${proposalWords(told)}`),
  'connection.changed': ({ who, vault }) => sentence(`${who} changed the connection ${vault}`),
  'duties.acknowledged': ({ who }) => sentence(`${who} acknowledged the duties of a custodian`),
  'compromised.unmarked': ({ who, key, vault }) => sentence(`${who} took the mark compromised from ${key} in ${vault}`),
  'notification.tested': ({ who }) => sentence(`${who} sent themselves a test notice`),
  'notification.given-up': ({ fact, code }) =>
    sentence(`A notification by ${fact('channel') ?? 'a channel'} could not be delivered${codeWords(code)}`),
  'installation.estate-made': describeEstate,
} as const satisfies Record<Exclude<AuditEventType, 'operation'>, (told: Told) => string>

/** Who ended whose session, and why. */
function describeEnd({ who, fact }: Told): string {
  const whose = fact('name') ?? 'somebody'
  switch (fact('because')) {
    case 'new-sign-in':
      return sentence(`A session of ${whose} ended: the same browser signed in anew`)
    case 'new-password':
      return sentence(`${who} ended a session of their own with a new password`)
    case 'another-session':
      return sentence(`${who} ended another of their own sessions`)
    case 'administrator':
      return sentence(`${who} ended a session of ${whose}`)
    case 'disabled':
      return sentence(`A session of ${whose} ended with their account`)
    default:
      return sentence(`${who} signed out`)
  }
}

/** Its steps name what they do to which key; the end of it names none. */
function describeEstate({ who, key, vault, phase, fact }: Told): string {
  const act = fact('act')
  if (!act) return sentence(`${who} made the local installation’s example keys`)
  const how = phase === 'intended' ? 'set out to' : 'did'
  return sentence(`${who} ${how} ${act} the example key ${key} in ${vault}`)
}

function personChange({ fact }: Told): string {
  const name = fact('name') ?? 'a person'
  switch (fact('change')) {
    case 'roles':
      return `changed the roles of ${name}`
    case 'enabled':
      return `enabled the account of ${name} again`
    case 'passkeys':
      return `took the passkeys of ${name} away`
    case 'password':
      return `took the password of ${name} away for a new one`
    default:
      return `changed the account of ${name}`
  }
}

/** What a proposal is for, as its own facts tell it. */
function proposalWords({ fact, key, vault }: Told): string {
  const subject = fact('subject') ?? 'somebody'
  switch (fact('proposal')) {
    case 'create_person':
      return `create the account of ${subject}`
    case 'change_roles':
      return `change the roles of ${subject}`
    case 'enable_person':
      return `enable the account of ${subject} again`
    case 'reset_passkeys':
      return `take the passkeys of ${subject} away`
    case 'renew_invitation':
      return `give ${subject} a new invitation`
    case 'change_connection':
      return `change the connection ${vault}`
    case 'change_approval_policy':
      return `change who approves for ${vault}`
    case 'unmark_compromised':
      return `take the mark compromised from ${key} in ${vault}`
    default:
      return 'change something'
  }
}

function sentence(words: string): string {
  return `${words.replace(/,$/, '')}.`
}

function codeWords(code: string | null): string {
  return code ? ` (${code})` : ''
}

/** Only where one officer is not enough. */
function countWords({ count }: Told): string {
  const [approved, required] = [count('approved'), count('required')]
  return approved !== undefined && required !== undefined && required > 1 ? ` (${approved} of ${required})` : ''
}

/** A name at a provider is anybody's choice, so issuer and subject go with it. */
function namedByProvider(fact: FactReader): string {
  const [issuer, subject] = [fact('issuer'), fact('subject')]
  return issuer && subject ? `${fact('name') ?? subject} (${subject} at ${issuer})` : 'somebody'
}

function formatWords(format: string | undefined): string {
  return format ? ` as ${format}` : ''
}

function reasonWords({ fact }: Told): string {
  const reason = fact('reason')
  return reason ? `, giving the reason “${reason}”` : ''
}

function kindOf(details: unknown): OperationKind | undefined {
  const parsed = auditDetailsSchema.safeParse(details)
  if (!parsed.success || !('kind' in parsed.data)) return undefined
  const { kind } = parsed.data
  return typeof kind === 'string' && Object.hasOwn(ACTS, kind)
    ? (kind as OperationKind) // ACTS has exactly these keys
    : undefined
}

/** Facts stand in `facts` for operations and at the top for everything else. */
function factsOf(details: unknown): FactReader {
  const top = asRecord(details)
  const inner = asRecord(top.facts)
  return (name) => {
    const value = inner[name] ?? top[name]
    return typeof value === 'string' && value !== '' ? value : undefined
  }
}

function countsOf(details: unknown): CountReader {
  const top = asRecord(details)
  return (name) => (typeof top[name] === 'number' ? top[name] : undefined)
}

function asRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}
}
