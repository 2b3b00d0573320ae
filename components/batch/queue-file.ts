import type { ActKey } from '@/lib/client/acts/use-act'
import type { FileLine } from '@/lib/client/batch/file-line'
import type { FileRead } from '@/lib/client/batch/queue'
import type { QueueRow } from '@/lib/client/batch/queue-state'
import type { HeldFile } from '@/lib/client/import/held-file'
import type { WizardEvent } from '@/lib/client/import/wizard'
import type { StepContext } from '@/lib/client/import/wizard-steps'

/** What lives beside the state of one file: where its worker reads it, its blob's bytes, and the key that names its one import. */
export interface Kept {
  /** A handle: the page itself reads nothing of it. */
  file: File
  held: HeldFile
  key: ActKey
}

/** One file of the queue as its screens have it: all that a wizard has, where it stands, and what can be done with it. */
export interface QueueFile extends StepContext {
  id: string
  name: string
  read: FileRead
  line: FileLine
  row: QueueRow
  dispatch: (event: WizardEvent) => void
  /** Asks the vault about its name and KEK. */
  ask: () => Promise<void>
}
