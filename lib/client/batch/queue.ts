import { PURPOSES } from '@/lib/domain/keys/key-operations'
import { familyOf } from '@/lib/domain/keys/key-type'
import { type FileFacts, startWizard, type WizardEvent, type WizardState, wizardReducer } from '../import/wizard'

/** One file on its way: a wizard of its own, without steps. Its bytes are held elsewhere, under the same id. */
export interface QueuedFile {
  id: string
  wizard: WizardState
}

/** Several files of one vault, one KEK and one purpose; what is shared stands in `shared` and in each. */
export interface Queue {
  shared: WizardState
  files: readonly QueuedFile[]
}

export type QueueEvent =
  /** An answer for all of them: vault, KEK, purpose, expiry. */
  | { type: 'shared'; event: WizardEvent }
  | { type: 'added'; id: string; facts: FileFacts; proposal: Extract<WizardEvent, { type: 'type-chosen' }> | null }
  | { type: 'removed'; id: string }
  | { type: 'file'; id: string; event: WizardEvent }

export function startQueue(start: { connectionId?: string; kekKid?: string }): Queue {
  return { shared: startWizard({ draft: null, ...start }), files: [] }
}

export function queueReducer(queue: Queue, event: QueueEvent): Queue {
  switch (event.type) {
    case 'shared': {
      const shared = wizardReducer(queue.shared, event.event)
      return { shared, files: queue.files.map((file) => told(file, event.event, shared)) }
    }
    case 'added':
      return { ...queue, files: [...queue.files, added(queue.shared, event)] }
    case 'removed':
      // What is on its way, or through, stays on the list.
      return { ...queue, files: queue.files.filter((file) => file.id !== event.id || !isOpen(file)) }
    case 'file':
      return {
        ...queue,
        files: queue.files.map((file) => (file.id === event.id ? told(file, event.event, queue.shared) : file)),
      }
  }
}

/** Neither sent nor being sent: it can still be changed. */
export function isOpen({ wizard: { submission } }: QueuedFile): boolean {
  return submission.state === 'idle' || submission.state === 'refused'
}

function told(file: QueuedFile, event: WizardEvent, shared: WizardState): QueuedFile {
  const wizard = wizardReducer(file.wizard, event)
  return wizard === file.wizard ? file : { ...file, wizard: withSharedPurpose(wizard, shared) }
}

function added(shared: WizardState, { id, facts, proposal }: Extract<QueueEvent, { type: 'added' }>): QueuedFile {
  const events: WizardEvent[] = [
    { type: 'file-read', facts, sealed: null },
    { type: 'answered', change: { name: nameFromFile(facts.name) } },
    ...(proposal ? [proposal] : []),
  ]
  const wizard = events.reduce(wizardReducer, shared)
  return { id, wizard: withSharedPurpose(wizard, shared) }
}

/** A type that the shared purpose does not fit loses it; one that does gets it (again). */
function withSharedPurpose(wizard: WizardState, { answers }: WizardState): WizardState {
  const { kty, purpose } = wizard.answers
  if (!answers.purpose || purpose === answers.purpose || !isOpen({ id: '', wizard })) return wizard
  const template = PURPOSES.find(({ id }) => id === answers.purpose)
  const families: readonly string[] = template?.families ?? []
  if (kty && template && !families.includes(familyOf(kty))) return wizard
  const chosen = wizardReducer(wizard, { type: 'purpose-chosen', purpose: answers.purpose })
  return template ? chosen : wizardReducer(chosen, { type: 'answered', change: { keyOps: answers.keyOps } })
}

/** `payments signing.byok` → `payments-signing`: a proposal, which the officer may change. */
export function nameFromFile(fileName: string): string {
  return fileName
    .replace(/\.[^.]*$/, '')
    .replace(/[^0-9A-Za-z-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 127)
}
