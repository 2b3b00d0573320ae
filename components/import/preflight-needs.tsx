import { nameNeedsTyping } from '@/lib/client/import/answer-errors'
import { acknowledgeId, FIELD_IDS } from '@/lib/client/import/field-ids'
import type { WizardState } from '@/lib/client/import/wizard'
import type { PreflightReport } from '@/lib/domain/preflight/report'
import { Checkbox } from '../ui/choice'
import { NewVersionField } from './new-version-field'
import { NeedsYou, type ReportRow } from './preflight-report'
import type { WizardParts } from './use-import-wizard'

type PreflightNeedsProps = {
  wizard: WizardParts & { report: PreflightReport }
  errorOf: (fieldId: string) => string | undefined
}

/** What of the preflight needs the officer, with the control that answers it beneath. */
export function PreflightNeeds({ wizard, errorOf }: PreflightNeedsProps) {
  const { state, report, dispatch } = wizard

  function below(row: ReportRow) {
    if (row.id === 'target-name-state' && nameNeedsTyping(state)) {
      return (
        <>
          <NewVersionField wizard={wizard} error={errorOf(FIELD_IDS.typedName)} />
          {row.verdict === 'warn' ? acknowledge(row) : null}
        </>
      )
    }
    return row.verdict === 'warn' ? acknowledge(row) : null
  }

  function acknowledge(row: ReportRow) {
    return (
      <div className="mt-1.5">
        <Checkbox
          id={acknowledgeId(row.id)}
          label="I have read this warning and go on"
          aria-invalid={errorOf(acknowledgeId(row.id)) ? true : undefined}
          checked={state.answers.acknowledged[row.id] === row.fact}
          onChange={(event) =>
            dispatch({ type: 'warning-acknowledged', id: row.id, fact: row.fact, acknowledged: event.target.checked })
          }
        />
      </div>
    )
  }

  return <NeedsYou rows={report.rows.filter((row) => rowNeedsYou(row, state))} below={below} />
}

/** What waits for the vault's answer needs nobody. */
export function rowNeedsYou({ verdict }: ReportRow, { facts }: WizardState): boolean {
  return verdict === 'fail' || verdict === 'warn' || (verdict === 'pending' && facts.state === 'known')
}
