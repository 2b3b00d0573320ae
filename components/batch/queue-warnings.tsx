import { type SharedWarning, sealedWarnings, sharedWarnings } from '@/lib/client/batch/shared-warnings'
import { PreflightRow } from '../import/preflight-row'
import { Banner } from '../ui/banner'
import { Checkbox } from '../ui/choice'
import { Section } from '../ui/section'
import type { ImportQueueParts } from './use-import-queue'

type QueueWarningsProps = Pick<ImportQueueParts, 'files' | 'dispatch'>

/** Each distinct warning once, for all the files that show it. */
export function QueueWarnings({ files, dispatch }: QueueWarningsProps) {
  const warnings = sharedWarnings(files)
  const sealed = sealedWarnings(files)
  if (warnings.length === 0 && sealed.length === 0) return null
  return (
    <Section id="queue-warnings" title="Warnings" lead="Each is said once, for all the files that show it.">
      {sealed.map(({ words, names }) => (
        <Banner key={words} tone="attention" title={words}>
          {`${countWords(names.length)}: ${names.slice(0, 5).join(', ')}${names.length > 5 ? ` and ${names.length - 5} more` : ''}.`}
        </Banner>
      ))}
      {warnings.length > 0 ? (
        <ul>
          {warnings.map((warning, index) => (
            <OneWarning
              key={`${warning.row.id} ${warning.row.fact}`}
              warning={warning}
              index={index}
              dispatch={dispatch}
            />
          ))}
        </ul>
      ) : null}
    </Section>
  )
}

const countWords = (count: number) => (count === 1 ? '1 file' : `${count} files`)

type OneWarningProps = Pick<QueueWarningsProps, 'dispatch'> & { warning: SharedWarning; index: number }

function OneWarning({ warning: { row, ids, acknowledged }, index, dispatch }: OneWarningProps) {
  return (
    <PreflightRow {...row} id={`all-${row.id}-${index}`}>
      <div className="mt-1.5">
        <Checkbox
          id={`acknowledge-all-${row.id}-${index}`}
          label={`I have read this warning and go on, for ${countWords(ids.size)}`}
          checked={acknowledged}
          onChange={(event) =>
            dispatch({
              type: 'acknowledged',
              ids,
              rowId: row.id,
              fact: row.fact,
              acknowledged: event.target.checked,
            })
          }
        />
      </div>
    </PreflightRow>
  )
}
