import type { HistoryView } from '@/lib/client/releases/releases-url'
import { type Counts, type KeyOverTime, type ReleasesOverTime, sumOf } from '@/lib/domain/releases/history/over-time'
import { LOG_DECISIONS } from '@/lib/domain/releases/history/vault-log-record'
import { Disclosure } from '../ui/disclosure'
import { Section } from '../ui/section'
import { TextLink } from '../ui/text-link'
import { historyHref } from './history-links'
import { DecisionPatterns, DecisionSwatch, OverTimeBars } from './over-time-bars'
import { OverTimeTable } from './over-time-table'
import { keyWords, stepWords } from './over-time-words'

const WORDS = { allowed: 'released', denied: 'denied', failed: 'failed' } as const
const BY = { hour: 'by hour', day: 'by day', week: 'by week, from Monday', month: 'by month', year: 'by year' } as const

/** Releases over time by key and decision: the picture, what it says in words, and the same numbers as a table. */
export function OverTime({ told, view }: { told: ReleasesOverTime; view: HistoryView }) {
  const highest = Math.max(...told.keys.flatMap(({ counts }) => counts.map(sumOf)), 1)
  return (
    <Section id="over-time" title="Over time">
      <figure className="flex flex-col gap-3">
        <DecisionPatterns />
        <div className="grid gap-x-8 gap-y-4 md:grid-cols-2 xl:grid-cols-3">
          {told.keys.map((series) => (
            <KeyBars key={keyWords(series)} series={series} told={told} highest={highest} view={view} />
          ))}
        </div>
        <figcaption className="flex flex-wrap items-baseline gap-x-5 gap-y-1 text-sm text-text-muted">
          <span>{caption(told, highest)}</span>
          <span className="flex flex-wrap gap-x-5">
            {LOG_DECISIONS.map((decision) => (
              <span key={decision} className="inline-flex items-center gap-1.5">
                <DecisionSwatch decision={decision} /> {WORDS[decision]}
              </span>
            ))}
          </span>
        </figcaption>
      </figure>
      <Disclosure summary="The same as a table">
        <OverTimeTable told={told} />
      </Disclosure>
    </Section>
  )
}

type KeyBarsProps = { series: KeyOverTime; told: ReleasesOverTime; highest: number; view: HistoryView }

function KeyBars({ series, told, highest, view }: KeyBarsProps) {
  const { key, totals, counts } = series
  return (
    <div className="flex min-w-0 flex-col gap-1">
      <p className="wrap-anywhere text-sm">
        {key ? (
          <>
            <TextLink href={historyHref(view, { key: key.name, vault: key.vault })}>{key.name}</TextLink>{' '}
            <span className="text-text-muted">in {key.vault}</span>
          </>
        ) : (
          'All other keys'
        )}
        <span className="block text-text-muted text-xs">{totalWords(totals)}</span>
      </p>
      <OverTimeBars label={`${keyWords(series)}: ${totalWords(totals)}`} counts={counts} highest={highest} />
      <p aria-hidden="true" className="flex justify-between text-text-muted text-xs tabular-nums">
        <span>{stepWords(told.starts[0] ?? '')}</span>
        {told.starts.length > 1 ? <span>{stepWords(told.end)}</span> : null}
      </p>
    </div>
  )
}

function totalWords(totals: Counts): string {
  return LOG_DECISIONS.map((decision) => `${totals[decision].toLocaleString('en')} ${WORDS[decision]}`).join(', ')
}

function caption({ step, starts, end, keys }: ReleasesOverTime, highest: number): string {
  const single = keys.filter(({ key }) => key !== null).length
  const rest = single < keys.length ? `The ${single} keys released most, and the others together. ` : ''
  return `${stepWords(starts[0] ?? '')} to ${stepWords(end)} (UTC), ${BY[step]}. ${rest}The highest bar is ${highest.toLocaleString('en')} ${highest === 1 ? 'call' : 'calls'}; all have the same scale.`
}
