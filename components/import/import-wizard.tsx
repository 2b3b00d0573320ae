'use client'

import '@/lib/client/import/zod-without-eval'

import { useState } from 'react'
import type { AnswerError } from '@/lib/client/import/answer-errors'
import type { FileState } from '@/lib/client/import/wizard'
import {
  nextStep,
  reachableStep,
  STEP_TITLES,
  stepErrors,
  WIZARD_STEPS,
  type WizardStep,
} from '@/lib/client/import/wizard-steps'
import { routes } from '@/lib/routes'
import { DocumentPage } from '../layout/page-frames'
import { Button } from '../ui/button'
import { ErrorSummary } from '../ui/error-summary'
import { PageHeader } from '../ui/page-header'
import { TextLink } from '../ui/text-link'
import { OutboundLedger } from './outbound-ledger'
import { StepAnswers } from './step-answers'
import { StepFile } from './step-file'
import { StepKey } from './step-key'
import { StepPreflight } from './step-preflight'
import { StepVault } from './step-vault'
import { type ImportWizardProps, useImportWizard, type Wizard } from './use-import-wizard'
import { WizardAside } from './wizard-aside'

/** What a step is given: the wizard, and what was wrong when it was last left. */
export type StepProps = { wizard: Wizard; errorOf: (fieldId: string) => string | undefined }

const STEPS = {
  vault: StepVault,
  file: StepFile,
  key: StepKey,
  preflight: StepPreflight,
  answers: StepAnswers,
} as const satisfies Record<WizardStep, (props: StepProps) => React.ReactNode>

/** What was wrong when a step was last to be left. */
type Shown = { step: WizardStep; file: FileState; errors: AnswerError[] }

export function ImportWizard(props: ImportWizardProps) {
  const wizard = useImportWizard(props)
  const [shown, setShown] = useState<Shown | null>(null)
  const { step, url, state } = wizard
  // Another file answers what was said of the one before.
  const errors = shown?.step === step && shown.file === state.file ? shown.errors : []
  const Step = STEPS[step]

  function leave() {
    const found = stepErrors(step, wizard)
    if (found.length > 0) return setShown({ step, file: state.file, errors: found })
    setShown(null)
    url.goTo(reachableStep(url.returnsTo ?? nextStep(step), wizard))
  }

  return (
    <>
      {url.asked === null ? props.drafts : null}
      <DocumentPage aside={<WizardAside wizard={wizard} />}>
        <PageHeader
          title={STEP_TITLES[step]}
          crumbs={[{ label: 'Import a key', href: routes.newImport() }]}
          actions={
            step === 'vault' ? <TextLink href={routes.importQueue()}>Several files at once</TextLink> : undefined
          }
          lead={`Step ${WIZARD_STEPS.indexOf(step) + 1} of ${WIZARD_STEPS.length}`}
        />
        <ErrorSummary errors={errors} />
        <Step wizard={wizard} errorOf={(fieldId) => errors.find((error) => error.fieldId === fieldId)?.message} />
        {step === 'answers' ? null : (
          <div>
            <Button variant="primary" onClick={leave}>
              Continue
            </Button>
          </div>
        )}
        <OutboundLedger />
      </DocumentPage>
    </>
  )
}
