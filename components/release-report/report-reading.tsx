import type { ReleaseReport } from '@/lib/domain/releases/history/report-views'
import { ASIDE_WORDS } from '@/lib/domain/releases/history/vault-log-record'
import type { HourSpan } from '@/lib/domain/releases/history/views'
import { DateTime } from '../ui/date-time'

/** Gaps that are printed; the rest are told by number. */
const MOST_GAPS = 40

/** Hours read and gaps, and what of the files is not in the history. */
export function ReportReadingPart({ report: { reading, isOpen, logNames } }: { report: ReleaseReport }) {
  return (
    <div className="flex max-w-prose flex-col gap-3 text-sm">
      {logNames.length > 0 ? <Hours reading={reading} /> : null}
      {logNames.length + reading.withoutFiles.length + reading.filesWithoutHour === 0 ? (
        <p className="font-medium">No log of this vault was ever read: nothing here says what happened.</p>
      ) : null}
      {isOpen ? <p>The period is not over: more may come. Hours that are not over are not counted.</p> : null}
      {reading.withoutFiles.map(({ place, upTo }) => (
        <p key={place}>
          <code className="break-all font-mono text-table">{place}</code> was asked for every hour up to{' '}
          <DateTime value={upTo} relative="none" />. It has no files: what it told is in the history, and no hour of it
          is counted here.
        </p>
      ))}
      {logNames.length > 0 ? <Gaps reading={reading} /> : null}
      <Aside reading={reading} />
      {reading.asideShown.length > 0 ? <AsideShown reading={reading} /> : null}
    </div>
  )
}

type Reading = Pick<ReleaseReport, 'reading'>

function Hours({ reading: { spans } }: Reading) {
  const missing = hoursOf(spans, 'gap')
  return (
    <p className="font-medium">
      {count(hoursOf(spans, 'read'), 'hour', 'hours')} of this vault’s log read, {count(missing, 'hour', 'hours')}{' '}
      without a file{missing > 0 ? ': not complete, or nobody asked.' : '.'}
    </p>
  )
}

function Gaps({ reading: { spans } }: Reading) {
  const gaps = spans.filter(({ kind }) => kind === 'gap')
  if (gaps.length === 0) return null
  return (
    <ul aria-label="Hours without a file" className="flex flex-col gap-0.5 text-table">
      {gaps.slice(0, MOST_GAPS).map(({ from, to, hours }) => (
        <li key={from}>
          Gap: <DateTime value={from} relative="none" /> to <DateTime value={to} relative="none" />,{' '}
          {count(hours, 'hour', 'hours')}
        </li>
      ))}
      {gaps.length > MOST_GAPS ? (
        <li>And {count(gaps.length - MOST_GAPS, 'further gap', 'further gaps')}, later ones.</li>
      ) : null}
    </ul>
  )
}

function Aside({ reading }: Reading) {
  const { aside, asideElsewhere, unnamed, unreadBytes, filesWithoutHour, spans } = reading
  const sentences = [
    ...aside.map(({ reason, count: many }) => `${count(many, 'record', 'records')} kept aside: ${ASIDE_WORDS[reason]}`),
    ...(asideElsewhere > 0
      ? [
          `${count(asideElsewhere, 'record', 'records')} kept aside of files that tell no vault or hour: any of them may be of this key.`,
        ]
      : []),
    ...(unnamed > 0
      ? [`${count(unnamed, 'call', 'calls')} for a release in this vault whose record names no key.`]
      : []),
    ...(unreadBytes > 0
      ? [`${count(unreadBytes, 'byte', 'bytes')} of these hours’ files are not in the history.`]
      : []),
    ...(filesWithoutHour > 0
      ? [
          `${count(filesWithoutHour, 'file tells', 'files tell')} no vault or hour: their records are in the history, their hours in no count.`,
        ]
      : []),
  ]
  if (sentences.length === 0)
    return hoursOf(spans, 'read') > 0 ? (
      <p>Every record of these hours’ files could be read; none was kept aside.</p>
    ) : null
  return (
    <ul aria-label="What could not be read" className="flex list-disc flex-col gap-0.5 pl-5">
      {sentences.map((sentence) => (
        <li key={sentence}>{sentence}</li>
      ))}
    </ul>
  )
}

/** How they begin, for whoever knows the log better: any of them may be a call for this key. */
function AsideShown({ reading: { aside, asideElsewhere, asideShown } }: Reading) {
  const all = aside.reduce((sum, each) => sum + each.count, asideElsewhere)
  return (
    <div className="flex flex-col gap-1">
      <p>{asideShown.length < all ? `The newest ${asideShown.length} of them begin` : 'They begin'} like this:</p>
      <ul aria-label="Beginnings of records kept aside" className="flex flex-col gap-1">
        {asideShown.map(({ digest, path, reason, excerpt }) => (
          <li key={digest} className="break-inside-avoid border-l-2 pl-3">
            <code className="block break-all font-mono text-xs">{excerpt}</code>
            <span className="block text-text-muted text-xs">
              {ASIDE_WORDS[reason]} <span className="break-all">{path}</span>
            </span>
          </li>
        ))}
      </ul>
    </div>
  )
}

function hoursOf(spans: readonly HourSpan[], kind: HourSpan['kind']): number {
  return spans.reduce((sum, span) => sum + (span.kind === kind ? span.hours : 0), 0)
}

function count(many: number, one: string, more: string): string {
  return `${many.toLocaleString('en')} ${many === 1 ? one : more}`
}
