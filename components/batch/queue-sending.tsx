import { progressWords } from '@/lib/client/batch/queue-state'
import { Button } from '../ui/button'
import { LiveRegion } from '../ui/live-region'
import type { ImportQueueParts } from './use-import-queue'

/** One confirmation, and then one file after the other. */
export function QueueSending({ files, sender, busy }: Pick<ImportQueueParts, 'files' | 'sender'> & { busy: boolean }) {
  const { ready, sending, send, stop } = sender
  const states = files.map(({ row }) => row.state)
  const done = states.filter((state) => state === 'done').length
  const all = states.filter((state) => state !== 'out').length
  const many = ready === 0 ? 'keys' : `${ready} keys`
  const words = `Import ${ready === 1 ? '1 key' : many}, disabled for review`
  const idle = sending === 'no'
  return (
    <div className="flex flex-col gap-3">
      <progress
        aria-label="Imported"
        max={Math.max(all, 1)}
        value={done}
        className="h-1.5 w-full appearance-none overflow-hidden rounded border accent-accent"
      />
      <LiveRegion visible>{progressWords(states)}</LiveRegion>
      <p className="max-w-prose text-sm">
        You confirm once, for exactly these files. Another officer compares each key with the ceremony record before
        anything can use it.
      </p>
      <div className="flex flex-wrap gap-3">
        <Button
          variant="primary"
          busy={!idle}
          disabledReason={idle ? blockedBecause(ready, busy) : undefined}
          onClick={() => void send()}
        >
          {words}
        </Button>
        <Button onClick={stop} disabledReason={STOP_BLOCKED[sending]}>
          Stop after this one
        </Button>
      </div>
    </div>
  )
}

const STOP_BLOCKED = {
  no: 'Nothing is being sent.',
  sending: undefined,
  stopping: 'The one that is on its way is the last.',
} as const

function blockedBecause(ready: number, busy: boolean): string | undefined {
  if (busy) return 'Files are being read: wait, or cancel it.'
  return ready === 0 ? 'No file is ready: see what each of them needs.' : undefined
}
