import { readingProgress } from '@/lib/client/batch/queue-state'
import { Banner } from '../ui/banner'
import { Button } from '../ui/button'
import { LiveRegion } from '../ui/live-region'
import { QueuePassphrase } from './queue-passphrase'
import type { ImportQueueParts } from './use-import-queue'

/** Every file to a key worker: it is read, opened, sealed, and forgotten before the next. */
export function QueueReading({ files, reader }: Pick<ImportQueueParts, 'files' | 'reader'>) {
  const { read, of, words } = readingProgress(files.map(({ row }) => row.state))
  const { waiting, locked, running, missing, problem } = reader
  const begun = read > 0 || locked.length > 0
  return (
    <div className="flex flex-col gap-4">
      <progress
        aria-label="Read"
        max={Math.max(of, 1)}
        value={read}
        className="h-1.5 w-full appearance-none overflow-hidden rounded border accent-accent"
      />
      <LiveRegion visible>{words}</LiveRegion>
      {problem ? (
        <div role="alert">
          <Banner tone="danger" title={problem} />
        </div>
      ) : null}
      <div className="flex flex-wrap gap-3">
        <Button
          variant="primary"
          busy={running}
          disabledReason={
            running ? undefined : (missing ?? (waiting === 0 ? 'No file is left to be read.' : undefined))
          }
          onClick={() => void reader.read()}
        >
          {begun && waiting > 0 ? `Go on: read and seal ${waiting} more` : 'Read and seal'}
        </Button>
        <Button onClick={reader.cancel} disabledReason={running ? undefined : 'Nothing is being read.'}>
          Cancel
        </Button>
      </div>
      {locked.length > 0 && !running ? (
        <QueuePassphrase
          names={locked.map(({ name }) => name)}
          tried={locked.some(({ read: tried }) => tried.state === 'locked' && tried.wrong !== null)}
          onPassphrase={(passphrase) => void reader.unlock(passphrase)}
        />
      ) : null}
    </div>
  )
}
