import { FIELD_IDS } from '@/lib/client/import/field-ids'
import type { WizardStep } from '@/lib/client/import/wizard-steps'
import { NEW_VERSION_CONSEQUENCES } from '@/lib/domain/preflight/name-state-check'
import { ProblemSummary } from '../form/problem-summary'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { DescriptionList } from '../ui/description-list'
import { answerRows } from './answer-rows'
import { ImportAsCode } from './import-as-code'
import type { StepProps } from './import-wizard'

const PROBLEM_FIELDS = {
  name: FIELD_IDS.name,
  typedName: FIELD_IDS.typedName,
  file: FIELD_IDS.file,
} as const

export function StepAnswers({ wizard }: StepProps) {
  const { state, url, submit } = wizard
  const { submission, facts } = state
  const adds = facts.state === 'known' && facts.facts.nameState.state !== 'free'

  function change(step: WizardStep, what: string) {
    return (
      <button
        type="button"
        onClick={() => url.goTo(step, { return: 'answers' })}
        className="rounded-sm text-accent underline decoration-accent-line underline-offset-2 hover:decoration-current"
      >
        Change<span className="sr-only"> {what}</span>
      </button>
    )
  }

  return (
    <div className="flex flex-col gap-8">
      <ProblemSummary problem={submission.state === 'refused' ? submission.problem : null} fieldIds={PROBLEM_FIELDS} />
      {adds ? (
        <Banner tone="attention" title={`This adds a version to the key ${state.answers.name}.`}>
          {NEW_VERSION_CONSEQUENCES}
        </Banner>
      ) : null}
      <DescriptionList
        items={answerRows(wizard).map(({ step, term, detail }) => ({
          term,
          detail,
          action: change(step, term.toLowerCase()),
        }))}
      />
      <ImportAsCode wizard={wizard} />
      <div className="flex flex-col gap-3">
        <p className="max-w-prose text-sm">
          The key arrives disabled: nothing can use it until another officer has compared it with the ceremony record
          and enabled it. You can’t.
        </p>
        <div>
          <Button variant="primary" busy={submission.state === 'sending'} onClick={submit}>
            Import key, disabled for review
          </Button>
        </div>
      </div>
    </div>
  )
}
