import type { ManifestRow } from '@/lib/domain/imports/manifest'
import { PURPOSES } from '@/lib/domain/keys/key-operations'
import { familyOf } from '@/lib/domain/keys/key-type'
import { keyOf, type WizardEvent, type WizardState, wizardReducer } from '../import/wizard'
import type { FileLine } from './file-line'
import type { QueuedFile } from './queue'

/** A file's answers by its line; without one, by its name and what is shared. What the file itself told stays. */
export function answersByLine({ name, wizard }: QueuedFile, line: FileLine, shared: WizardState): WizardState {
  const row = line.state === 'followed' ? line.row : null
  const change = {
    name: row?.name ?? nameFromFile(name),
    expiresAt: row?.expiresAt ?? shared.answers.expiresAt,
    tags: Object.entries(row?.tags ?? {}).map(([tag, value]) => ({ name: tag, value })),
    expectedSha256: row?.expectedSha256 ?? keyOf(wizard.file)?.spkiSha256 ?? null,
    ...(row ? {} : { purpose: null, keyOps: [] }),
  }
  const answered = wizardReducer(wizard, { type: 'answered', change })
  return row ? withLineOperations(answered, row) : withSharedPurpose(answered, shared)
}

/** Whether an answer for all is one for this file too: what its line says goes before. */
export function heedsShared(line: FileLine, event: WizardEvent): boolean {
  if (line.state !== 'followed') return true
  if (event.type === 'purpose-chosen') return false
  return !(event.type === 'answered' && event.change.expiresAt !== undefined && line.row.expiresAt !== null)
}

/** Exactly the operations of the line, also where the key’s type does not fit them: then that is said, and none is dropped. */
export function withLineOperations(wizard: WizardState, { keyOps }: ManifestRow): WizardState {
  if (wizard.answers.purpose === 'custom' && isSame(wizard.answers.keyOps, keyOps)) return wizard
  return wizardReducer(wizard, { type: 'answered', change: { purpose: 'custom', keyOps } })
}

/** A type that the shared purpose does not fit loses it; one that does gets it (again). */
export function withSharedPurpose(wizard: WizardState, { answers }: WizardState): WizardState {
  const { kty, purpose } = wizard.answers
  if (!answers.purpose || purpose === answers.purpose) return wizard
  const template = PURPOSES.find(({ id }) => id === answers.purpose)
  const families: readonly string[] = template?.families ?? []
  if (kty && template && !families.includes(familyOf(kty))) return wizard
  const chosen = wizardReducer(wizard, { type: 'purpose-chosen', purpose: answers.purpose })
  return template ? chosen : wizardReducer(chosen, { type: 'answered', change: { keyOps: answers.keyOps } })
}

/** `payments signing.byok` → `payments-signing`: a proposal, which the officer may change. */
export function nameFromFile(fileName: string): string {
  return (fileName.split('/').at(-1) ?? '')
    .replace(/\.[^.]*$/, '')
    .replace(/[^0-9A-Za-z-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 127)
}

/** Plain values alone. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
