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

const WORDS: { [Kind in NoticeKind]: (facts: NoticeOf<Kind>['facts']) => NoticeWords } = {
  'review-waiting': ({ reference, keyName, vaultName, importId, asks }) => ({
    subject: `${reference} waits for a review`,
    text: importId
      ? `The key ${oneLine(keyName)} was imported into ${oneLine(vaultName)}, disabled. It stays disabled until another officer compares it with the ceremony record and enables it.`
      : asks === 'change_policy'
        ? `Another release policy was proposed for ${oneLine(keyName)} in ${oneLine(vaultName)}. The present one stays until another officer has compared both and decided.`
        : `It was asked to enable ${oneLine(keyName)} in ${oneLine(vaultName)} again. It stays disabled until another officer decides.`,
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
