'use client'

import { type Counts, sumOf } from '@/lib/domain/releases/history/over-time'
import { LOG_DECISIONS, type LogDecision } from '@/lib/domain/releases/history/vault-log-record'

/** In the drawing's own units; it is stretched to its place, so everything in it bears that. */
const HEIGHT = 40
const STEP = 10
const FEWEST_STEPS = 14
/** A single call among thousands is still to be seen. */
const LEAST = 2

const LOOKS = {
  allowed: { fill: 'currentColor', tone: 'text-information' },
  denied: { fill: 'url(#over-time-denied)', tone: 'text-danger' },
  failed: { fill: 'none', tone: 'text-attention' },
} as const satisfies Record<LogDecision, { fill: string; tone: string }>

/** Of all pictures on the page: full, striped and hollow tell the decisions apart without colour. */
export function DecisionPatterns() {
  return (
    <svg width="0" height="0" aria-hidden="true" className="absolute">
      <pattern id="over-time-denied" width="4" height="4" patternUnits="userSpaceOnUse">
        <rect width="4" height="2" fill="currentColor" className="text-danger" />
      </pattern>
    </svg>
  )
}

export function DecisionSwatch({ decision }: { decision: LogDecision }) {
  const { fill, tone } = LOOKS[decision]
  return (
    <svg viewBox="0 0 12 12" aria-hidden="true" className={`size-3 ${tone}`}>
      <rect x="1" y="1" width="10" height="10" fill={fill} stroke="currentColor" />
    </svg>
  )
}

type OverTimeBarsProps = { label: string; counts: readonly Counts[]; highest: number }

/** A bar a step: released at the bottom, denied on it, failed on top. */
export function OverTimeBars({ label, counts, highest }: OverTimeBarsProps) {
  const width = Math.max(counts.length, FEWEST_STEPS) * STEP
  return (
    <svg
      viewBox={`0 0 ${width} ${HEIGHT}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={label}
      className="h-12 w-full"
    >
      <line
        {...{ x1: 0, x2: width, y1: HEIGHT - 0.5, y2: HEIGHT - 0.5, stroke: 'currentColor' }}
        vectorEffect="non-scaling-stroke"
        className="text-line-strong"
      />
      {counts.map((each, index) =>
        sumOf(each) > 0 ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no other identity, and never move
          <Bar key={index} x={index * STEP + 1} counts={each} highest={highest} />
        ) : null,
      )}
    </svg>
  )
}

function Bar({ x, counts, highest }: { x: number; counts: Counts; highest: number }) {
  return segments(counts, highest).map(({ decision, y, height }) => (
    <rect
      key={decision}
      {...{ x, y, height, width: STEP - 2, fill: LOOKS[decision].fill, stroke: 'currentColor' }}
      vectorEffect="non-scaling-stroke"
      className={LOOKS[decision].tone}
    />
  ))
}

/** From the bottom up. */
function segments(counts: Counts, highest: number): { decision: LogDecision; y: number; height: number }[] {
  const room = HEIGHT - 2 - LOG_DECISIONS.length * LEAST
  let top = HEIGHT - 1
  return LOG_DECISIONS.filter((decision) => counts[decision] > 0).map((decision) => {
    const height = LEAST + (counts[decision] / highest) * room
    top -= height
    return { decision, y: top, height }
  })
}
