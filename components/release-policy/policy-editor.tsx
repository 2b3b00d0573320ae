'use client'

import { useDeferredValue, useMemo, useState } from 'react'
import { recogniseDialect } from '@/lib/domain/releases/foreign-dialects'
import { DialectTranslation } from './dialect-translation'
import { KnownClaims } from './known-claims'
import { KnownPolicy } from './known-policy'
import { PolicyFindings } from './policy-findings'
import { PolicyOutlineView } from './policy-outline-view'
import { PolicyText } from './policy-text'
import { SetAside } from './set-aside'
import { TemplatePicker } from './template-picker'
import type { TokenInView } from './token-in-view'
import { useEdit } from './use-edit'
import { useOutline } from './use-outline'
import { verdictsOf } from './verdicts'

export type PolicyEditorProps = {
  /** The id of the JSON's text area, where a summary of errors leads to; other ids begin with it. */
  id: string
  /** The policy's JSON, as it was typed: also where it is no policy yet. The caller keeps it, and nothing else. */
  value: string
  onChange: (text: string) => void
  /** What the form around it holds against it. */
  error?: string | undefined
  /** A token whose verdict is shown beside every condition; its measurements fill templates. */
  token?: TokenInView | null
}

/** Each at most as long as a policy may be. */
const mostAside = 20

/** A release policy as conditions and as JSON, always in step; with its traps, templates, and what circulates in its place. */
export default function PolicyEditor({ id, value, onChange, error, token = null }: PolicyEditorProps) {
  const { outline, problem } = useOutline(value)
  const edit = useEdit(`${id}-editor`, { value, outline, onChange })
  // What is said of the policy may come a moment after what is typed into it.
  const judged = useDeferredValue(useMemo(() => ({ text: value, problem }), [value, problem]))
  const verdicts = useMemo(() => verdictsOf(judged.problem ? null : judged.text, token), [judged, token])
  const [aside, setAside] = useState<readonly string[]>([])
  const dialect = recogniseDialect(value)

  /** In place of what is there, which is kept to be brought back. */
  function replace(text: string, kept = aside) {
    setAside(value.trim() === '' || value === text ? kept : [...kept, value].slice(-mostAside))
    onChange(text)
  }

  const tidy = JSON.stringify(outline.json, null, 2)

  return (
    <div className="@container flex flex-col gap-4">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <TemplatePicker id={`${id}-template`} token={token} onPick={replace} />
        <SetAside
          aside={aside.at(-1)}
          onBack={(text) => replace(text, aside.slice(0, -1))}
          onForget={() => setAside(aside.slice(0, -1))}
        />
      </div>
      <KnownPolicy text={judged.text} />
      {dialect ? <DialectTranslation {...dialect} onReplace={replace} /> : null}
      <div className="grid gap-x-8 gap-y-6 @min-[60rem]:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <PolicyOutlineView
          id={`${id}-editor`}
          outline={outline}
          problem={problem}
          verdicts={verdicts}
          tokenName={token?.name ?? null}
          onEdit={edit}
          onReturn={() => replace(tidy)}
        />
        <PolicyText
          id={id}
          value={value}
          problem={problem}
          error={error}
          tidy={problem || value.trim() === '' || tidy === value ? null : tidy}
          onChange={onChange}
        />
      </div>
      <PolicyFindings {...judged} />
      <KnownClaims />
    </div>
  )
}
