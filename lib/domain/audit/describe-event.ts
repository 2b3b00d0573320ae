import { describeOperation } from './describe-operation'
import type { AuditEventType } from './event'
import { describeEnd, namedByProvider, personChange, proposalWords } from './people-words'
import { codeWords, type DescribedEvent, reasonWords, sentence, type Told, toldBy } from './told'

/** One sentence per event; a type or a kind of operation without words does not compile. */
export function describeEvent(event: DescribedEvent): string {
  const told = toldBy(event)
  if (event.type === 'operation') return describeOperation(told, event.details)
  return WORDS[event.type](told)
}

const WORDS = {
  'session.started': ({ who, fact }) =>
    sentence(fact('secondFactor') === 'owed' ? `${who} began to sign in; a passkey is asked for` : `${who} signed in`),
  'session.ended': describeEnd,
  'sign-in.refused': ({ fact, code, actorName }) => {
    const asWhom = fact('email') ?? (fact('issuer') ? namedByProvider(fact) : (actorName ?? 'somebody'))
    return sentence(`A sign-in as ${asWhom} was refused${codeWords(code)}`)
  },
  'kek.public-key-downloaded': ({ who, key, vault }) =>
    sentence(`${who} downloaded the public half of the KEK ${key} of ${vault}`),
  'kek.transfer-sheet-opened': ({ who, key, vault }) =>
    sentence(`${who} opened the transfer sheet of the KEK ${key} of ${vault}`),
  'review.approved': (told) =>
    sentence(`${told.who} approved ${reviewed(told)}${countWords(told)}${reasonWords(told)}`),
  'review.rejected': (told) => sentence(`${told.who} rejected ${reviewed(told)}${reasonWords(told)}`),
  'review.approvals-voided': ({ key, vault, code }) =>
    sentence(`What was approved before about ${key} in ${vault} counts no more${codeWords(code)}`),
  'review.comparison-failed': ({ who, key, vault, code }) =>
    sentence(`The value that ${who} gave did not match ${key} in ${vault}${codeWords(code)}`),
  'enable.requested': (told) =>
    told.phase === 'refused'
      ? sentence(`${told.who} withdrew the request to enable ${told.key} in ${told.vault}`)
      : sentence(`${told.who} asked to enable ${told.key} in ${told.vault}${reasonWords(told)}`),
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

/** Its steps name what they do to which key; the end of it names none. */
function describeEstate({ who, key, vault, phase, fact }: Told): string {
  const act = fact('act')
  if (!act) return sentence(`${who} made the local installation’s example keys`)
  const how = phase === 'intended' ? 'set out to' : 'did'
  return sentence(`${who} ${how} ${act} the example key ${key} in ${vault}`)
}

/** What was decided: an import says nothing of what it asks for, nor did requests once. */
function reviewed({ fact, key, vault }: Told): string {
  switch (fact('asks')) {
    case 'change_policy':
      return `another release policy for ${key} in ${vault}`
    case 'enable':
      return `the request to enable ${key} in ${vault}`
    default:
      return `${key} in ${vault}`
  }
}

/** Only where one officer is not enough. */
function countWords({ count }: Told): string {
  const [approved, required] = [count('approved'), count('required')]
  return approved !== undefined && required !== undefined && required > 1 ? ` (${approved} of ${required})` : ''
}

function formatWords(format: string | undefined): string {
  return format ? ` as ${format}` : ''
}
