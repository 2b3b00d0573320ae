import type { MadeAnswer } from '@/lib/domain/releases/history/evaluation-views'
import { ANSWER_CHECK_WORDS, ANSWER_CHECKS, type CheckVerdict } from '@/lib/domain/releases/release-answer'
import { Badge } from '../ui/badge'
import { DescriptionList } from '../ui/description-list'
import { KeyId } from '../ui/key-id'
import type { ShapeName } from '../ui/shape'
import type { Tone } from '../ui/tone'

const LOOKS = {
  holds: { tone: 'good', shape: 'check', word: 'Holds' },
  fails: { tone: 'danger', shape: 'cross', word: 'Fails' },
  'not-known': { tone: 'neutral', shape: 'question', word: 'Not known' },
} as const satisfies Record<CheckVerdict, { tone: Tone; shape: ShapeName; word: string }>

/** What was looked at in the vault's answer, one by one. */
export function AnswerChecks({ answer }: { answer: MadeAnswer }) {
  return (
    <ul aria-label="Checks of the answer" className="flex flex-col border-t">
      {ANSWER_CHECKS.map((check) => {
        const verdict = answer.verdicts[check]
        if (!verdict) return null
        const { tone, shape, word } = LOOKS[verdict]
        return (
          <li
            key={check}
            className="grid gap-x-6 gap-y-1 border-b py-2.5 text-sm sm:grid-cols-[12rem_minmax(0,1fr)_auto]"
          >
            <span className="text-text-muted">{ANSWER_CHECK_WORDS[check].title}</span>
            <span className="min-w-0">{ANSWER_CHECK_WORDS[check][verdict]}</span>
            <span>
              <Badge tone={tone} shape={shape}>
                {word}
              </Badge>
            </span>
          </li>
        )
      })}
    </ul>
  )
}

/** The answer and what was in it, by lengths and digests. */
export function AnswerFactsList({ answer: { length, sha256, signedBy, wrapped } }: { answer: MadeAnswer }) {
  return (
    <DescriptionList
      items={[
        { term: 'Signed by', detail: signedBy ?? <span className="text-text-muted">not said</span> },
        { term: 'Answer', detail: `${length.toLocaleString('en')} characters` },
        { term: 'SHA-256 of the answer', detail: <KeyId value={sha256} label="Copy the answer’s digest" length={0} /> },
        ...(wrapped
          ? [
              {
                term: 'Released material',
                detail: `${wrapped.length.toLocaleString('en')} bytes of ciphertext, not kept`,
              },
              { term: 'Wrapped for', detail: <code className="break-all font-mono text-table">{wrapped.forKey}</code> },
              {
                term: 'Wrapped by',
                detail: <code className="break-all font-mono text-table">{wrapped.algorithm}</code>,
              },
              {
                term: 'SHA-256 of the ciphertext',
                detail: <KeyId value={wrapped.sha256} label="Copy the ciphertext’s digest" length={0} />,
              },
            ]
          : []),
      ]}
    />
  )
}
