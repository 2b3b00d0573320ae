import { problemWords } from '@/lib/client/acts/use-act'
import { QUEUE_STATES, type QueueState } from '@/lib/client/batch/queue-state'
import { routes } from '@/lib/routes'
import { Button } from '../ui/button'
import { Shape, type ShapeName } from '../ui/shape'
import { Row, RowHeader, Table, Td, Th } from '../ui/table'
import { TextLink } from '../ui/text-link'
import { type Tone, toneText } from '../ui/tone'
import type { QueueFile } from './queue-file'

const LOOKS = {
  broken: { shape: 'cross', tone: 'danger' },
  open: { shape: 'triangle', tone: 'attention' },
  asking: { shape: 'ring', tone: 'neutral' },
  ready: { shape: 'check', tone: 'good' },
  sending: { shape: 'ring', tone: 'information' },
  refused: { shape: 'cross', tone: 'danger' },
  done: { shape: 'circle', tone: 'good' },
} as const satisfies Record<QueueState, { shape: ShapeName; tone: Tone }>

type QueueTableProps = {
  files: readonly QueueFile[]
  openId: string | null
  onOpen: (id: string | null) => void
  onRemove: (id: string) => void
  /** While they are being sent nothing is opened or taken out. */
  closed: boolean
}

/** The queue: where each file stands, and what it became. */
export function QueueTable({ files, openId, onOpen, onRemove, closed }: QueueTableProps) {
  return (
    <Table
      label="Queue"
      density="comfortable"
      head={
        <>
          <Th>File</Th>
          <Th>Name in the vault</Th>
          <Th>State</Th>
          <Th>
            <span className="sr-only">Acts</span>
          </Th>
        </>
      }
    >
      {files.map((file) => (
        <Row key={file.id} selected={file.id === openId}>
          <RowHeader>
            <span className="break-all font-mono">{fileName(file)}</span>
          </RowHeader>
          <Td wrap mono>
            <span className="break-all">{file.state.answers.name}</span>
          </Td>
          <Td wrap>
            <Standing file={file} />
          </Td>
          <Td>
            <Acts file={file} open={file.id === openId} onOpen={onOpen} onRemove={onRemove} closed={closed} />
          </Td>
        </Row>
      ))}
    </Table>
  )
}

const fileName = ({ state: { file } }: QueueFile) => (file.state === 'read' ? file.facts.name : '')

function Standing({ file: { row, state } }: { file: QueueFile }) {
  const { shape, tone } = LOOKS[row.state]
  return (
    <div className="flex flex-col gap-0.5">
      <span className={`inline-flex items-center gap-2 font-medium ${toneText[tone]}`}>
        <Shape name={shape} />
        {QUEUE_STATES[row.state]}
      </span>
      {state.submission.state === 'done' ? (
        <TextLink href={routes.import(state.submission.output.importId)}>{state.submission.output.reference}</TextLink>
      ) : null}
      {state.submission.state === 'refused' ? <span>{problemWords(state.submission.problem)}</span> : null}
      {row.state === 'broken' || row.state === 'open' ? (
        <Reasons messages={row.errors.map(({ message }) => message)} />
      ) : null}
    </div>
  )
}

/** The first reason, and how many more. */
function Reasons({ messages: [first, ...more] }: { messages: readonly string[] }) {
  return (
    <span className="text-text-muted">
      {first}
      {more.length > 0 ? ` And ${more.length} more.` : null}
    </span>
  )
}

type ActsProps = Omit<QueueTableProps, 'files' | 'openId'> & { file: QueueFile; open: boolean }

function Acts({ file, open, onOpen, onRemove, closed }: ActsProps) {
  if (file.row.state === 'done' || file.row.state === 'sending') return null
  const of = <span className="sr-only"> {fileName(file)}</span>
  const reason = closed ? 'The queue is being sent.' : undefined
  return (
    <span className="flex justify-end gap-2">
      <Button size="small" aria-expanded={open} disabledReason={reason} onClick={() => onOpen(open ? null : file.id)}>
        {open ? 'Close' : 'Open'}
        {of}
      </Button>
      <Button size="small" disabledReason={reason} onClick={() => onRemove(file.id)}>
        Remove
        {of}
      </Button>
    </span>
  )
}
