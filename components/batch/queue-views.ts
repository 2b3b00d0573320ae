import type { Queue, QueuedFile, QueueEvent } from '@/lib/client/batch/queue'
import type { QueueActions } from '@/lib/client/batch/queue-calls'
import { queueRow, twinNames } from '@/lib/client/batch/queue-state'
import type { WizardEvent } from '@/lib/client/import/wizard'
import { askFacts } from '@/lib/client/import/wizard-calls'
import { preflightInputOf } from '@/lib/client/preflight/input-of'
import type { WizardChoices } from '@/lib/domain/imports/views'
import { runPreflight } from '@/lib/domain/preflight/run-preflight'
import type { Kept, QueueFile } from './queue-file'

export interface ViewNeeds {
  choices: WizardChoices
  kept: ReadonlyMap<string, Kept>
  now: Date
  actions: QueueActions
  dispatch: (event: QueueEvent) => void
}

/** What a view was made of beside the file itself. */
interface Beside {
  twin: boolean
  sharedPurpose: string | null
  choices: WizardChoices
  minute: number
}

/**
 * Files as their screens have them. Preflight runs again for a file whose state has changed, or when the time has moved on;
 * what is the same stays the same object, so that two hundred rows are not drawn anew for one that changed.
 */
export function createQueueViews() {
  let known = new Map<string, { file: QueuedFile; beside: Beside; view: QueueFile }>()

  return (queue: Queue, needs: ViewNeeds): QueueFile[] => {
    const twins = twinNames(queue.files)
    const next: typeof known = new Map()
    for (const file of queue.files) {
      const beside = {
        twin: twins.has(file.wizard.answers.name.toLowerCase()),
        sharedPurpose: queue.shared.answers.purpose,
        choices: needs.choices,
        minute: needs.now.getTime(),
      }
      const before = known.get(file.id)
      const same = before?.file === file && isEqual(before.beside, beside)
      next.set(file.id, same ? before : { file, beside, view: viewOf(file, beside, needs) })
    }
    known = next
    return [...next.values()].map(({ view }) => view)
  }
}

const isEqual = (one: Beside, other: Beside) =>
  one.twin === other.twin &&
  one.sharedPurpose === other.sharedPurpose &&
  one.choices === other.choices &&
  one.minute === other.minute

function viewOf(file: QueuedFile, beside: Beside, { choices, kept, now, actions, dispatch }: ViewNeeds): QueueFile {
  const { id, name, read, line, wizard: state } = file
  const report = runPreflight(preflightInputOf(state, choices, kept.get(id)?.held.parsed(), now))
  const context = { state, choices, report, now }
  const tell = (event: WizardEvent) => dispatch({ type: 'file', id, event })
  const row = queueRow(file, { ...context, ...beside })
  return {
    ...context,
    id,
    name,
    read,
    line,
    row,
    dispatch: tell,
    ask: () => askFacts(state, actions.readTargetFacts, tell),
  }
}
