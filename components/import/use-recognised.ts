'use client'

import { useRef, useState } from 'react'
import { type RecognisedValue, recogniseExpectedValue } from '@/lib/domain/reviews/expected-value'

/** More than any public key or certificate needs. */
const READ_AT_MOST = 64 * 1024

export type Given =
  | { from: 'text'; text: string }
  /** Public material only: what is not recognised, a private key above all, is never passed on. */
  | { from: 'file'; name: string; bytes: Uint8Array }

type OnGiven = (given: Given | null, value: RecognisedValue) => void

/** Recognises what is pasted or dropped, in the browser; the newest counts. */
export function useRecognised(onGiven: OnGiven) {
  const [text, setText] = useState('')
  const [shown, setShown] = useState<{ value: RecognisedValue; fileName: string | undefined } | null>(null)
  const newest = useRef(0)

  async function settle(given: Given) {
    newest.current += 1
    const mine = newest.current
    const value = await recogniseExpectedValue(given.from === 'text' ? given.text : given.bytes)
    if (mine !== newest.current) return
    const known = value.kind !== 'unrecognised'
    setShown({ value, fileName: known && given.from === 'file' ? given.name : undefined })
    onGiven(known ? given : null, value)
  }

  return {
    text,
    value: shown?.value ?? null,
    fileName: shown?.fileName,
    paste(typed: string) {
      setText(typed)
      void settle({ from: 'text', text: typed })
    },
    async drop(file: File) {
      setText('')
      const bytes = new Uint8Array(await file.slice(0, READ_AT_MOST + 1).arrayBuffer())
      await settle({ from: 'file', name: file.name, bytes })
    },
  }
}
