import { importTargetSchema } from '@/lib/domain/imports/target'
import type { WizardChoices } from '@/lib/domain/imports/views'
import { KEY_NAME_PATTERN } from '@/lib/domain/keys/key-id'
import { NEW_VERSION_CONSEQUENCES } from '@/lib/domain/preflight/name-state-check'
import type { PreflightReport } from '@/lib/domain/preflight/report'
import type { KeyFacts } from '../key-worker/key-facts'
import { openWarnings } from '../preflight/open-warnings'
import { targetOf } from './answers'
import { acknowledgeId, FIELD_IDS, rowElementId } from './field-ids'
import { kekBlockedBecause } from './kek-blocked'
import { chosenKey, GONE_WORDS, type KeyFileState } from './key-file'
import { isOfType, nameOfShape } from './key-shape'
import { keyOf, type WizardState } from './wizard'

/** One thing wrong, in words, and the control that mends it. */
export interface AnswerError {
  fieldId: string
  message: string
}

export function vaultErrors({ answers }: WizardState, choices: WizardChoices): AnswerError[] {
  const vault = choices.vaults.find(({ connectionId }) => connectionId === answers.connectionId)
  if (!vault) return [{ fieldId: FIELD_IDS.vault, message: 'Choose the vault that is to receive the key.' }]
  if (answers.overTls) return []
  const kek = vault.keks.find(({ kid }) => kid === answers.kekKid)
  if (!kek)
    return [{ fieldId: FIELD_IDS.kek, message: 'Choose the KEK that wraps the key, or that it crosses under none.' }]
  const blocked = kekBlockedBecause(kek, new Date())
  return blocked ? [{ fieldId: FIELD_IDS.kek, message: `${kek.name}: ${blocked}` }] : []
}

export function fileErrors({ file, answers }: WizardState, report: PreflightReport): AnswerError[] {
  if (file.state === 'none') return [{ fieldId: FIELD_IDS.file, message: 'Choose the key file or transfer blob.' }]
  if (file.state === 'key-file') return keyFileErrors(file.key, answers)
  if (answers.overTls) return [{ fieldId: FIELD_IDS.file, message: NO_BLOB_OVER_TLS }]
  if (file.state === 'asked-again') {
    return [{ fieldId: FIELD_IDS.file, message: `Choose ${file.name} again: a draft never keeps the file.` }]
  }
  if (file.state === 'not-the-same') {
    return [{ fieldId: FIELD_IDS.file, message: `This is not the file the draft was made with, ${file.name}.` }]
  }
  const refused = report.rows.filter((row) => row.group === 'file' && row.verdict === 'fail')
  if (refused.length > 0) {
    return refused.map((row) => ({ fieldId: FIELD_IDS.file, message: [row.fact, row.remedy].join(' ').trim() }))
  }
  if (file.facts.kid !== answers.kekKid) {
    const message = file.sealed
      ? 'The key is sealed under another KEK than the one you chose. Choose its file again.'
      : 'The blob names another KEK than the one you chose.'
    return [{ fieldId: FIELD_IDS.file, message }]
  }
  if (file.sealed && isOtherKey(file.sealed.key, answers)) return [OTHER_KEY]
  return file.facts.changes.length > 0 && !file.acceptedNormalised
    ? [{ fieldId: FIELD_IDS.normalise, message: 'Accept the changed bytes, or export the file again.' }]
    : []
}

/** A value that can't be read is never left out in silence. */
export function expectedErrors({ expectedUnreadable }: WizardState): AnswerError[] {
  const message = 'The expected public key can’t be read as one: mend it, or leave the field empty.'
  return expectedUnreadable ? [{ fieldId: FIELD_IDS.expected, message }] : []
}

const NO_BLOB_OVER_TLS = 'A transfer blob crosses under its KEK: choose the KEK, or the key’s own file.'

/** What is still to be done with a key file. */
function keyFileErrors(file: KeyFileState, answers: WizardState['answers']): AnswerError[] {
  const chosen = answers.overTls ? chosenKey(file) : undefined
  if (!chosen) return [keyFileError(file)]
  if (isOtherKey(chosen, answers)) return [OTHER_KEY]
  const message = 'Acknowledge that the server will see the private key, or seal it under a KEK.'
  return answers.serverSeesKey ? [] : [{ fieldId: FIELD_IDS.serverSeesKey, message }]
}

const OTHER_KEY = { fieldId: FIELD_IDS.expected, message: 'The key in the file is not the one that you expect.' }

function keyFileError(file: KeyFileState): AnswerError {
  switch (file.step) {
    case 'reading':
    case 'unlocking':
    case 'sealing':
      return { fieldId: FIELD_IDS.file, message: `${file.name} is being worked on: wait a moment.` }
    case 'locked':
      return { fieldId: FIELD_IDS.passphrase, message: `Give the passphrase of ${file.name}, or choose another file.` }
    case 'refused':
      return { fieldId: FIELD_IDS.file, message: file.remedy }
    case 'gone':
      return { fieldId: FIELD_IDS.file, message: GONE_WORDS[file.because] }
    case 'found':
      return file.chosen === null
        ? { fieldId: FIELD_IDS.foundKey, message: 'Choose which of the keys is to cross.' }
        : { fieldId: FIELD_IDS.seal, message: 'Seal the key under the KEK.' }
  }
}

/** The officer gave a public key, and it is not the one of the file. */
function isOtherKey({ spkiSha256 }: KeyFacts, { expectedSha256 }: WizardState['answers']): boolean {
  return Boolean(spkiSha256 && expectedSha256 && spkiSha256 !== expectedSha256)
}

/** Domain path → control. */
const TARGET_FIELDS: Readonly<Record<string, string>> = {
  name: FIELD_IDS.name,
  kty: FIELD_IDS.type,
  sizeOrCurve: FIELD_IDS.type,
  keyOps: FIELD_IDS.purpose,
  notBefore: FIELD_IDS.notBefore,
  expiresAt: FIELD_IDS.expiresAt,
  releasePolicy: FIELD_IDS.policy,
  tags: FIELD_IDS.tags,
}

export function keyErrors({ answers, file }: WizardState, now: Date): AnswerError[] {
  const errors: AnswerError[] = []
  if (!answers.name) errors.push({ fieldId: FIELD_IDS.name, message: 'Give the key a name.' })
  else if (!KEY_NAME_PATTERN.test(answers.name)) {
    const message = 'The name may hold letters, digits and hyphens only, 1 to 127 characters.'
    errors.push({ fieldId: FIELD_IDS.name, message })
  }
  const target = targetOf(answers)
  if (!target) errors.push({ fieldId: FIELD_IDS.type, message: 'Choose the type of the key that crosses.' })
  const key = keyOf(file)
  if (target && key && !isOfType(key, target)) {
    const message = `The file holds ${nameOfShape(key)}: choose that type.`
    errors.push({ fieldId: FIELD_IDS.type, message })
  }
  if (answers.keyOps.length === 0) errors.push({ fieldId: FIELD_IDS.purpose, message: 'Choose what the key is for.' })
  if (answers.expiresAt && new Date(answers.expiresAt) <= now) {
    errors.push({ fieldId: FIELD_IDS.expiresAt, message: 'The expiry must be in the future.' })
  }
  const names = answers.tags.map(({ name }) => name).filter(Boolean)
  if (new Set(names).size < names.length) {
    errors.push({ fieldId: FIELD_IDS.tags, message: 'Two tags have the same name.' })
  }
  if (answers.exportable && !answers.policyText.trim()) {
    errors.push({ fieldId: FIELD_IDS.policy, message: 'Give the release policy: an exportable key needs one.' })
  }
  return target ? [...errors, ...schemaErrors(target, errors)] : errors
}

/** What the domain's own schema adds, for controls that have no error yet. */
function schemaErrors(target: unknown, said: readonly AnswerError[]): AnswerError[] {
  const parsed = importTargetSchema.safeParse(target)
  if (parsed.success) return []
  return parsed.error.issues
    .map(({ path, message }) => ({ fieldId: TARGET_FIELDS[String(path[0])] ?? FIELD_IDS.name, message }))
    .filter(({ fieldId }) => !said.some((error) => error.fieldId === fieldId))
}

export function preflightErrors(state: WizardState, report: PreflightReport): AnswerError[] {
  const typing = nameNeedsTyping(state)
  // A used name is mended by typing it: said once, at that field.
  const isNameRow = ({ id }: { id: string }) => id === 'target-name-state'
  const allFailed = report.rows.filter(({ verdict }) => verdict === 'fail')
  const failed = allFailed.filter((row) => !(typing && isNameRow(row)))
  const errors = failed.map((row) => ({
    fieldId: rowElementId(row.id),
    message: `${row.title}: ${shortFact(row.fact)}`,
  }))
  if (typing && allFailed.some(isNameRow)) {
    errors.push({
      fieldId: FIELD_IDS.typedName,
      message: 'Type the key’s name to add a version, or choose another name.',
    })
  }
  const asked = state.facts.state === 'known'
  const waiting = asked ? report.rows.filter(({ verdict }) => verdict === 'pending') : []
  if (!asked)
    errors.push({
      fieldId: FIELD_IDS.askAgain,
      message: 'Wait for the vault’s answer about name and KEK, or ask it again.',
    })
  const open = openWarnings(report, state.answers.acknowledged)
  return [
    ...errors,
    ...waiting.map((row) => ({ fieldId: rowElementId(row.id), message: `${row.title}: ${row.fact}` })),
    ...open.map((row) => ({ fieldId: acknowledgeId(row.id), message: `Acknowledge the warning “${row.title}”.` })),
  ]
}

/** The name is in use, or may be: only its typed name goes on. */
export function nameNeedsTyping({ facts }: WizardState): boolean {
  return facts.state === 'known' && ['in_use', 'not_known'].includes(facts.facts.nameState.state)
}

/** The long consequence stands in the row itself; a summary names the cause. */
function shortFact(fact: string): string {
  return fact.replace(NEW_VERSION_CONSEQUENCES, '').trim()
}
