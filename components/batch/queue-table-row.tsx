import { memo } from 'react'
import { problemWords } from '@/lib/client/acts/use-act'
import { QUEUE_STATES, type QueueState } from '@/lib/client/batch/queue-state'
import { nameOfShape } from '@/lib/client/import/key-shape'
import { keyOf } from '@/lib/client/import/wizard'
import { routes } from '@/lib/routes'
import { Button } from '../ui/button'
import { Shape, type ShapeName } from '../ui/shape'
import { Row, RowHeader, Td } from '../ui/table'
import { TextLink } from '../ui/text-link'
import { type Tone, toneText } from '../ui/tone'
import type { QueueFile } from './queue-file'

const LOOKS = {
  out: { shape: 'ring', tone: 'neutral' },
  waiting: { shape: 'ring', tone: 'neutral' },
  reading: { shape: 'ring', tone: 'information' },
  locked: { shape: 'triangle', tone: 'attention' },
  broken: { shape: 'cross', tone: 'danger' },
  open: { shape: 'triangle', tone: 'attention' },
  asking: { shape: 'ring', tone: 'neutral' },
  ready: { shape: 'check', tone: 'good' },
  sending: { shape: 'ring', tone: 'information' },
  refused: { shape: 'cross', tone: 'danger' },
  done: { shape: 'circle', tone: 'good' },
} as const satisfies Record<QueueState, { shape: ShapeName; tone: Tone }>

type QueueTableRowProps = {
  file: QueueFile
  open: boolean
  onOpen: (id: string | null) => void
  onRemove: (id: string) => void
  closed: boolean
}

/** Drawn anew only when its own file changes: there may be two hundred. */
export const QueueTableRow = memo(function QueueTableRow(props: QueueTableRowProps) {
  const { file, open } = props
  const key = keyOf(file.state.file)
  return (
    <Row selected={open}>
      <RowHeader>
        <span className="flex flex-col gap-0.5">
          <span className="break-all font-mono">{file.name}</span>
          {key ? <span className="font-normal text-text-muted">{nameOfShape(key)}, sealed here</span> : null}
        </span>
      </RowHeader>
      <Td wrap mono>
        <span className="break-all">{file.row.state === 'out' ? '' : file.state.answers.name}</span>
      </Td>
      <Td wrap>
        <Standing file={file} />
      </Td>
      <Td>
        <Acts {...props} />
      </Td>
    </Row>
  )
})

function Standing({ file: { row, state, read } }: { file: QueueFile }) {
  const { shape, tone } = LOOKS[row.state]
  const { submission } = state
  return (
    <div className="flex max-w-prose flex-col gap-0.5">
      <span className={`inline-flex items-center gap-2 font-medium ${toneText[tone]}`}>
        <Shape name={shape} />
        {QUEUE_STATES[row.state]}
      </span>
      {submission.state === 'done' ? (
        <TextLink href={routes.import(submission.output.importId)}>{submission.output.reference}</TextLink>
      ) : null}
      {submission.state === 'refused' && row.state === 'refused' ? (
        <span>{problemWords(submission.problem)}</span>
      ) : null}
      {row.state === 'asking' || row.state === 'refused' ? null : (
        <Reasons messages={row.errors.map(({ message }) => message)} />
      )}
      {read.state === 'refused' && read.command ? (
        <code className="break-all font-mono text-table">{read.command}</code>
      ) : null}
    </div>
  )
}

/** The first reason, and how many more. */
function Reasons({ messages: [first, ...more] }: { messages: readonly string[] }) {
  if (!first) return null
  return (
    <span className="wrap-anywhere text-text-muted">
      {first}
      {more.length > 0 ? ` And ${more.length} more.` : null}
    </span>
  )
}

/** Only what has a transfer blob has answers to change. */
function Acts({ file, open, onOpen, onRemove, closed }: QueueTableRowProps) {
  const { row, name, id } = file
  if (row.state === 'done' || row.state === 'sending' || row.state === 'reading') return null
  const of = <span className="sr-only"> {name}</span>
  const reason = closed ? 'The queue is being worked on.' : undefined
  const opens = file.read.state === 'read' && row.state !== 'out'
  return (
    <span className="flex justify-end gap-2">
      {opens ? (
        <Button size="small" aria-expanded={open} disabledReason={reason} onClick={() => onOpen(open ? null : id)}>
          {open ? 'Close' : 'Open'}
          {of}
        </Button>
      ) : null}
      <Button size="small" disabledReason={reason} onClick={() => onRemove(id)}>
        Remove
        {of}
      </Button>
    </span>
  )
}
