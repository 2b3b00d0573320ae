import clsx from 'clsx'
import type { ReactNode } from 'react'
import { rowElementId } from '@/lib/client/import/field-ids'
import type { PreflightVerdict } from '@/lib/domain/preflight/report'
import { Shape, type ShapeName } from '../ui/shape'
import { TextLink } from '../ui/text-link'
import { type Tone, toneText } from '../ui/tone'

const LOOKS = {
  pass: { shape: 'check', tone: 'good', word: 'Passed' },
  warn: { shape: 'triangle', tone: 'attention', word: 'Warning' },
  fail: { shape: 'cross', tone: 'danger', word: 'Failed' },
  pending: { shape: 'ring', tone: 'neutral', word: 'Waiting' },
} as const satisfies Record<PreflightVerdict, { shape: ShapeName; tone: Tone; word: string }>

export type PreflightRowProps = {
  id: string
  title: string
  verdict: PreflightVerdict
  fact: string
  remedy?: string | undefined
  link?: string | undefined
  /** Beneath: the checkbox that acknowledges a warning. */
  children?: ReactNode
}

/** One check: its verdict in shape and word, the fact that decided it, and how to mend it. What passed takes one line. */
export function PreflightRow({ id, title, verdict, fact, remedy, link, children }: PreflightRowProps) {
  const mends = verdict === 'fail' || verdict === 'warn'
  return (
    <li
      id={rowElementId(id)}
      tabIndex={-1}
      className={clsx(
        'grid gap-x-4 gap-y-0.5 border-b text-sm',
        mends ? 'py-3 sm:grid-cols-[6rem_minmax(0,1fr)]' : 'py-1.5 sm:grid-cols-[6rem_15rem_minmax(0,1fr)]',
      )}
    >
      <Verdict verdict={verdict} />
      {mends ? (
        <div className="flex min-w-0 flex-col gap-0.5">
          <span className="font-medium">{title}</span>
          <span className="break-words">{fact}</span>
          <Remedy text={remedy} link={link} />
          {children}
        </div>
      ) : (
        <>
          <span>{title}</span>
          <span className="min-w-0 break-words text-text-muted">{fact}</span>
        </>
      )}
    </li>
  )
}

function Verdict({ verdict }: { verdict: PreflightVerdict }) {
  const { shape, tone, word } = LOOKS[verdict]
  return (
    <span className={`inline-flex items-center gap-2 self-start font-medium ${toneText[tone]}`}>
      <Shape name={shape} />
      {word}
    </span>
  )
}

function Remedy({ text, link }: { text: string | undefined; link: string | undefined }) {
  if (!text) return null
  return (
    <span>
      {text}
      {link ? (
        <>
          {' '}
          <TextLink href={link}>Read about it</TextLink>
        </>
      ) : null}
    </span>
  )
}
