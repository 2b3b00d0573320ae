import type { LogReadingView, LogSourceView, VaultLogView } from '@/lib/domain/releases/history/views'
import { Badge } from '../ui/badge'
import { DateTime } from '../ui/date-time'
import { Disclosure } from '../ui/disclosure'
import { Section } from '../ui/section'

/** Runs of hours that stand open; the others unfold. */
const SHOWN = 6

/** What the history is made of: where it was read, which hours, and which not. */
export function Completeness({ reading }: { reading: LogReadingView }) {
  return (
    <Section
      id="completeness"
      title="What has been read"
      lead="Thirty days, by the hours of the vaults’ logs. An hour without a file is a gap: nobody asked that vault anything, or its log did not arrive. Logs may come ten minutes late and more."
    >
      <ul className="flex flex-col gap-1 text-sm">
        {reading.sources.map((source) => (
          <SourceLine key={source.place} source={source} />
        ))}
      </ul>
      {reading.vaults.map((vault) => (
        <VaultHours key={vault.vault} vault={vault} />
      ))}
    </Section>
  )
}

function SourceLine({ source: { place, readAt, problemAt, readUpTo } }: { source: LogSourceView }) {
  return (
    <li className="flex flex-wrap items-baseline gap-x-3">
      <Badge tone={problemAt ? 'danger' : 'good'}>{problemAt ? 'Can’t be read' : 'Read'}</Badge>
      <code className="break-all font-mono text-table">{place}</code>
      <span className="text-text-muted">
        {problemAt ? 'failed ' : 'last '}
        {(problemAt ?? readAt) ? <DateTime value={problemAt ?? readAt ?? ''} relative="inline" /> : null}
        {problemAt && readAt ? (
          <>
            {', last read '}
            <DateTime value={readAt} relative="none" />
          </>
        ) : null}
      </span>
      {readUpTo ? (
        <span className="basis-full text-text-muted">
          Asked for every hour up to <DateTime value={readUpTo} relative="none" />. It has no files: an hour in which
          nobody asked a vault anything can’t be told from one whose records did not arrive, so no gaps are shown for
          it.
        </span>
      ) : null}
    </li>
  )
}

function VaultHours({ vault: { vault, spans, unreadBytes } }: { vault: VaultLogView }) {
  const gaps = spans.filter(({ kind }) => kind === 'gap')
  const hours = (of: typeof spans) => of.reduce((sum, span) => sum + span.hours, 0)
  return (
    <div className="flex flex-col gap-1.5">
      <h3 className="font-medium text-sm">
        {vault}: {hoursWords(hours(spans) - hours(gaps))} read, {hoursWords(hours(gaps))} without a file
      </h3>
      {unreadBytes > 0 ? (
        <p className="text-attention text-sm">
          {unreadBytes.toLocaleString('en')} bytes of its files are not in the history: a record that is being written,
          or a file that is no log.
        </p>
      ) : null}
      <SpanList label={`Hours of ${vault}`} spans={spans.slice(0, SHOWN)} />
      {spans.length > SHOWN ? (
        <Disclosure summary={`${spans.length - SHOWN} earlier`}>
          <SpanList label={`Earlier hours of ${vault}`} spans={spans.slice(SHOWN)} />
        </Disclosure>
      ) : null}
    </div>
  )
}

function SpanList({ label, spans }: { label: string; spans: VaultLogView['spans'] }) {
  return (
    <ol aria-label={label} className="flex flex-col gap-1 text-table">
      {spans.map(({ kind, from, to, hours }) => (
        <li key={from} className="flex flex-wrap items-baseline gap-x-3">
          <Badge tone={kind === 'gap' ? 'attention' : 'good'}>{kind === 'gap' ? 'Gap' : 'Read'}</Badge>
          <span>
            <DateTime value={from} relative="none" /> to <DateTime value={to} relative="none" />
          </span>
          <span className="text-text-muted">{hoursWords(hours)}</span>
        </li>
      ))}
    </ol>
  )
}

function hoursWords(hours: number): string {
  return `${hours.toLocaleString('en')} ${hours === 1 ? 'hour' : 'hours'}`
}
