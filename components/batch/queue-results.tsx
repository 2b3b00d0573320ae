import { resultTable } from '@/lib/client/batch/result-table'
import { saveText } from '@/lib/client/import/save-text'
import { Button } from '../ui/button'
import type { ImportQueueParts } from './use-import-queue'

/** What became of each file, to be kept with the record, and to go on from in another tab. */
export function QueueResults({ files, manifest }: Pick<ImportQueueParts, 'files' | 'manifest'>) {
  const save = () => saveText('import-results.csv', resultTable(files, manifest), 'text/csv;charset=utf-8')
  return (
    <div className="flex flex-col gap-3">
      <p className="max-w-prose text-sm text-text-muted">
        Where each file stands, with its reference, the SHA-256 of what was sent and the key’s public value. To go on
        another time, choose the same folder and give this table as its manifest: what is in review is skipped.
      </p>
      <div>
        <Button onClick={save}>Save the result table</Button>
      </div>
    </div>
  )
}
