import type { Lock, SealedKey } from '../import/key-file'
import { type FileFacts, startWizard, type WizardEvent, type WizardState, wizardReducer } from '../import/wizard'
import type { FileLine } from './file-line'
import { type GivenManifest, linesOf, readGiven } from './given-manifest'
import {
  answersByLine,
  heedsShared,
  isSame,
  nameFromFile,
  withLineOperations,
  withSharedPurpose,
} from './queue-answers'

/** One file on its way: a wizard of its own, without steps. Its bytes are held elsewhere, under the same id. */
export interface QueuedFile {
  id: string
  /** As it was chosen, and as a manifest names it: the path below the folder. */
  name: string
  read: FileRead
  line: FileLine
  wizard: WizardState
}

/** How far a file's worker is with it. A transfer blob is told from a key file there too. */
export type FileRead =
  | { state: 'waiting' }
  /** `lock`: with a passphrase, and what is known of its encryption. */
  | { state: 'reading'; lock: Lock | null }
  | { state: 'locked'; lock: Lock; wrong: string | null }
  | { state: 'refused'; remedy: string; command: string | null }
  /** Its worker broke down: it can be tried again. */
  | { state: 'broke'; words: string }
  | { state: 'read' }

/** Several files of one vault, one KEK and one purpose; what is shared stands in `shared` and in each. */
export interface Queue {
  shared: WizardState
  files: readonly QueuedFile[]
  manifest: GivenManifest | null
}

type TypeChosen = Extract<WizardEvent, { type: 'type-chosen' }>

export type QueueEvent =
  /** An answer for all of them: vault, KEK, purpose, expiry. */
  | { type: 'shared'; event: WizardEvent }
  | { type: 'added'; files: readonly { id: string; name: string }[] }
  | { type: 'removed'; id: string }
  | { type: 'manifest-given'; manifest: Pick<GivenManifest, 'name' | 'cells' | 'now'> | null }
  | { type: 'reading'; id: string; read: FileRead }
  /** Cancelled: what was being read has not been read. */
  | { type: 'reading-stopped' }
  /** There is a transfer blob: as it came, or sealed here. */
  | { type: 'file-read'; id: string; facts: FileFacts; sealed: SealedKey | null; proposal: TypeChosen | null }
  /** A warning with this very fact, for all these files. */
  | { type: 'acknowledged'; ids: ReadonlySet<string>; rowId: string; fact: string; acknowledged: boolean }
  | { type: 'file'; id: string; event: WizardEvent }

export function startQueue(start: { connectionId?: string; kekKid?: string }): Queue {
  return { shared: startWizard({ draft: null, ...start }), files: [], manifest: null }
}

export function queueReducer(queue: Queue, event: QueueEvent): Queue {
  switch (event.type) {
    case 'shared': {
      const shared = wizardReducer(queue.shared, event.event)
      return { ...queue, shared, files: queue.files.map((file) => toldShared(file, event.event, shared)) }
    }
    case 'added':
      return matched({ ...queue, files: [...queue.files, ...event.files.map((file) => fresh(file, queue.shared))] })
    case 'removed':
      // What is on its way, or through, stays on the list.
      return matched({ ...queue, files: queue.files.filter((file) => file.id !== event.id || !isOpen(file)) })
    case 'manifest-given':
      return matched({ ...queue, manifest: event.manifest && readGiven(event.manifest, namesOf(queue)) })
    case 'reading':
      return withFile(queue, event.id, (file) => ({ ...file, read: event.read }))
    case 'reading-stopped':
      return { ...queue, files: queue.files.map(notRead) }
    case 'file-read':
      return withFile(queue, event.id, (file) => fileRead(file, event, queue.shared))
    case 'acknowledged': {
      const { rowId: id, fact, acknowledged } = event
      const noted = { type: 'warning-acknowledged', id, fact, acknowledged } as const
      return {
        ...queue,
        files: queue.files.map((file) => (event.ids.has(file.id) ? told(file, noted, queue.shared) : file)),
      }
    }
    case 'file':
      return withFile(queue, event.id, (file) => told(file, event.event, queue.shared))
  }
}

/** Neither sent nor being sent: it can still be changed. */
export function isOpen({ wizard: { submission } }: Pick<QueuedFile, 'wizard'>): boolean {
  return submission.state === 'idle' || submission.state === 'refused'
}

function withFile(queue: Queue, id: string, change: (file: QueuedFile) => QueuedFile): Queue {
  return { ...queue, files: queue.files.map((file) => (file.id === id ? change(file) : file)) }
}

const namesOf = ({ files }: Queue) => files.map(({ name }) => name)

function fresh({ id, name }: { id: string; name: string }, shared: WizardState): QueuedFile {
  const named = wizardReducer(shared, { type: 'answered', change: { name: nameFromFile(name) } })
  return { id, name, read: { state: 'waiting' }, line: { state: 'none' }, wizard: withSharedPurpose(named, shared) }
}

/** Each file beside its line of the manifest; the answers of one whose line is new, or has changed, follow it. */
function matched(queue: Queue): Queue {
  const manifest = queue.manifest && readGiven(queue.manifest, namesOf(queue))
  const lineOf = linesOf(manifest)
  const files = queue.files.map((file) => {
    const line = lineOf(file.name)
    if (!isOpen(file) || isSame(line, file.line)) return file
    return { ...file, line, wizard: answersByLine(file, line, queue.shared) }
  })
  return { ...queue, manifest, files }
}

function told(file: QueuedFile, event: WizardEvent, shared: WizardState): QueuedFile {
  const wizard = wizardReducer(file.wizard, event)
  if (wizard === file.wizard) return file
  if (!isOpen({ wizard })) return { ...file, wizard }
  const { line } = file
  return {
    ...file,
    wizard: line.state === 'followed' ? withLineOperations(wizard, line.row) : withSharedPurpose(wizard, shared),
  }
}

function toldShared(file: QueuedFile, event: WizardEvent, shared: WizardState): QueuedFile {
  const next = heedsShared(file.line, event) ? told(file, event, shared) : file
  const { wizard } = next
  const sealed = wizard.file.state === 'read' && wizard.file.sealed ? wizard.file.facts.kid : null
  if (sealed === null || sealed === shared.answers.kekKid || !isOpen(next)) return next
  // Sealed under another KEK than the one that is chosen now: its file is read again.
  return { ...next, read: { state: 'waiting' }, wizard: wizardReducer(wizard, { type: 'file-let-go' }) }
}

function notRead(file: QueuedFile): QueuedFile {
  if (file.read.state !== 'reading') return file
  const { lock } = file.read
  return { ...file, read: lock ? { state: 'locked', lock, wrong: null } : { state: 'waiting' } }
}

function fileRead(
  file: QueuedFile,
  { facts, sealed, proposal }: Extract<QueueEvent, { type: 'file-read' }>,
  shared: WizardState,
): QueuedFile {
  const events: WizardEvent[] = [{ type: 'file-read', facts, sealed }, ...(proposal ? [proposal] : [])]
  const read: QueuedFile = { ...file, read: { state: 'read' } }
  return events.reduce((before, event) => told(before, event, shared), read)
}
