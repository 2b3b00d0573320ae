'use client'

import { useState } from 'react'
import { editPolicy, type PolicyEdit } from '@/lib/client/release-policy/edit-policy'
import { recogniseDialect } from '@/lib/domain/releases/foreign-dialects'
import { DialectTranslation } from './dialect-translation'
import { KnownClaims } from './known-claims'
import { PolicyFindings } from './policy-findings'
import { PolicyOutlineView } from './policy-outline-view'
import { PolicyText } from './policy-text'
import { SetAside } from './set-aside'
import { TemplatePicker } from './template-picker'
import type { TokenInView } from './token-in-view'
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
  const [aside, setAside] = useState<readonly string[]>([])
  const dialect = recogniseDialect(value)

  /** In place of what is there, which is kept to be brought back. */
  function replace(text: string, kept = aside) {
    setAside(value.trim() === '' || value === text ? kept : [...kept, value].slice(-mostAside))
    onChange(text)
  }
  function edit(change: PolicyEdit) {
    onChange(editPolicy(outline, change))
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
      {dialect ? <DialectTranslation {...dialect} onReplace={replace} /> : null}
      <div className="grid gap-x-8 gap-y-6 @min-[60rem]:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <PolicyOutlineView
          id={`${id}-editor`}
          outline={outline}
          problem={problem}
          verdicts={verdictsOf(problem ? null : value, token)}
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
      <PolicyFindings text={value} problem={problem} />
      <KnownClaims />
    </div>
  )
}
