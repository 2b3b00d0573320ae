'use client'

import type { MouseEvent } from 'react'
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

  /** A plain click changes the step in place: no request, so that an ended session can't take the form away. */
  function stayOnPage(event: MouseEvent) {
    const link = event.target instanceof Element ? event.target.closest('a') : null
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return
    event.preventDefault()
    const asked = new URL(link.href).searchParams.get('step')
    const chosen = WIZARD_STEPS.find((id) => id === asked)
    if (chosen) url.goTo(chosen)
  }

  return (
    <div onClickCapture={stayOnPage} className="flex flex-col gap-6">
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
