import { ALARM_WORDS } from '../alarms/alarm'
import { PROPOSAL_KIND_WORDS } from '../proposals/kinds'
import type { Notice, NoticeKind, NoticeOf } from './notice'

export interface NoticeWords {
  /** One line. */
  subject: string
  /** Sentences: what is so, and what to do. */
  text: string
}

/** A name as it may stand in one line of a mail: nothing that ends a line, hides, or turns the direction of writing. */
export function oneLine(text: string): string {
  return text
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, 200)
}

const utc = (iso: string) => `${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC`
const inDays = (days: number) => (days === 1 ? 'within a day' : `within ${days} days`)

function newTo(person: string | null, address: string | null): string {
  if (person === null) return 'a new address'
  return address === null ? 'a new person' : 'a new person at a new address'
}

function newIn(person: string | null, address: string | null): string {
  const to = person === null ? [] : [`to ${oneLine(person)}`]
  const from = address === null ? [] : [`from ${oneLine(address)}`]
  return [...to, ...from].join(' and ')
}

const WORDS: { [Kind in NoticeKind]: (facts: NoticeOf<Kind>['facts']) => NoticeWords } = {
  'review-waiting': ({ reference, keyName, vaultName, importId, asks }) => ({
    subject: `${reference} waits for a review`,
    text: importId
      ? `The key ${oneLine(keyName)} was imported into ${oneLine(vaultName)}, disabled. It stays disabled until another officer compares it with the ceremony record and enables it.`
      : asks === 'change_policy'
        ? `Another release policy was proposed for ${oneLine(keyName)} in ${oneLine(vaultName)}. The present one stays until another officer has compared both and decided.`
        : `It was asked to enable ${oneLine(keyName)} in ${oneLine(vaultName)}. It stays disabled until another officer decides.`,
  }),
  'proposal-waiting': ({ proposalKind }) => ({
    subject: `A proposal waits for a second person: ${PROPOSAL_KIND_WORDS[proposalKind]}`,
    text: 'It takes effect only when somebody else confirms it, and lapses seven days after it was made.',
  }),
  alarm: ({ alarmKind, keyName, vaultName }) => ({
    subject: `ALARM: ${oneLine(keyName)} in ${oneLine(vaultName)}`,
    text: `${ALARM_WORDS[alarmKind]} It is about ${oneLine(keyName)} in ${oneLine(vaultName)}, and stands on every page until somebody acknowledges it.`,
  }),
  'kek-expires': ({ keyName, vaultName, expiresAt, days }) => ({
    subject: `The KEK ${oneLine(keyName)} expires ${inDays(days)}`,
    text: `The KEK ${oneLine(keyName)} in ${oneLine(vaultName)} expires at ${utc(expiresAt)}. What was wrapped for it can't be imported after that: end the ceremonies under it, or create another KEK.`,
  }),
  'key-expires': ({ keyName, vaultName, expiresAt, days }) => ({
    subject: `The key ${oneLine(keyName)} expires ${inDays(days)}`,
    text: `The key ${oneLine(keyName)} in ${oneLine(vaultName)} expires at ${utc(expiresAt)}. From then on the vault refuses to encrypt, sign and wrap with it: bring a new version, or move the expiry.`,
  }),
  'connection-silent': ({ vaultName, since }) => ({
    subject: `The vault ${oneLine(vaultName)} does not answer`,
    text: `The vault ${oneLine(vaultName)} has not answered since ${utc(since)}. What the console shows of it is as old as that.`,
  }),
  'operation-indeterminate': ({ keyName, vaultName }) => ({
    subject: `The outcome of an act on ${oneLine(keyName)} is not known`,
    text: `The vault ${oneLine(vaultName)} did not say whether it did what was asked of it. Drawbridge goes on asking; until then nothing else can be done with ${oneLine(keyName)}.`,
  }),
  'release-denied': ({ keyName, vaultName, day }) => ({
    subject: `A release was refused: ${keyName === null ? 'further keys' : oneLine(keyName)} in ${oneLine(vaultName)}`,
    text:
      keyName === null
        ? `On ${day} the vault ${oneLine(vaultName)} refused releases of more keys than are told one by one. All stand under Releases.`
        : `On ${day} the vault ${oneLine(vaultName)} refused to release ${oneLine(keyName)}. Who asked, from where and how often stands under Releases. Of this key nothing more is told about that day.`,
  }),
  'release-first-seen': ({ keyName, vaultName, person, address, environment, day }) => ({
    subject:
      keyName === null
        ? `More people, addresses or environments were released keys in ${oneLine(vaultName)} for the first time`
        : `${oneLine(keyName)} in ${oneLine(vaultName)} was released to ${environment ? 'a new environment' : newTo(person, address)}`,
    text:
      keyName === null
        ? `On ${day} more of them were seen in the log of ${oneLine(vaultName)} than are told one by one. All stand under Releases.`
        : environment
          ? `By the token of that release ${oneLine(keyName)} went to an environment that it was never seen released to: ${oneLine(environment.words)}. If nobody knows it, change the key’s release policy, and disable the key.`
          : `The log of ${oneLine(vaultName)} tells of the first release of ${oneLine(keyName)} ${newIn(person, address)}. If nobody knows them, take the right to release away, and disable the key.`,
  }),
  'releases-read-late': ({ vaultName, day }) => ({
    subject: `Past releases of ${oneLine(vaultName)} were read`,
    text: `On ${day} records of ${oneLine(vaultName)} were read that were more than a day old, as when a log is connected. Among them are refusals, or people and addresses seen for the first time. They are not told one by one: look through them under Releases.`,
  }),
  test: () => ({
    subject: 'A test of Drawbridge’s notifications',
    text: 'An administrator asked for this. Nothing needs to be done.',
  }),
}

/** A kind without words does not compile. */
export function noticeWords(notice: Notice): NoticeWords {
  // The table is typed by kind, and `kind` and `facts` come from the same member of the union.
  const words = WORDS[notice.kind] as (facts: Notice['facts']) => NoticeWords
  return words(notice.facts)
}
