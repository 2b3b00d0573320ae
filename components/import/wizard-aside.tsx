'use client'

import type { FileState } from '@/lib/client/import/wizard'
import { STEP_TITLES, stepProgress, WIZARD_STEPS } from '@/lib/client/import/wizard-steps'
import { DateTime } from '../ui/date-time'
import { StepList } from '../ui/step-list'
import type { DraftSaving } from './use-draft-autosave'
import type { Wizard } from './use-import-wizard'

/** The steps, and whether the draft is saved. */
export function WizardAside({ wizard }: { wizard: Wizard }) {
  const { url, step } = wizard
  const progress = stepProgress(step, wizard)
  const steps = WIZARD_STEPS.map((id) => ({
    id,
    label: STEP_TITLES[id],
    state: progress[id],
    ...(progress[id] === 'blocked' ? {} : { href: url.hrefOf(id) }),
  }))

  return (
    <div className="flex flex-col gap-6">
      <StepList label="Steps of the import" steps={steps} />
      <SavedNote draft={wizard.draft} ofKeyFile={isOfKeyFile(wizard.state.file)} />
    </div>
  )
}

const isOfKeyFile = (file: FileState) => file.state === 'key-file' || (file.state === 'read' && file.sealed !== null)

function SavedNote({ draft, ofKeyFile }: { draft: DraftSaving; ofKeyFile: boolean }) {
  return (
    <p role="status" className="text-table text-text-muted">
      {draft.state === 'saved' ? (
        <>
          Draft saved <DateTime value={draft.at} relative="none" />.{' '}
          {ofKeyFile
            ? 'It holds your answers, and nothing of the key file.'
            : 'It holds your answers and the file’s hash, never the file.'}
        </>
      ) : null}
      {draft.state === 'not-saved' ? `The draft is not saved: ${draft.because}` : null}
    </p>
  )
}
