'use client'

import { useRef, useState } from 'react'
import { type Recognition, recogniseFile, recogniseText } from '@/lib/client/import/expected-value'

/** More than any public key or certificate needs. */
const READ_AT_MOST = 64 * 1024

export type Given =
  | { from: 'text'; text: string }
  /** Public material only: a private key is never kept here. */
  | { from: 'file'; name: string; bytes: Uint8Array }

/** Recognises what is pasted or dropped, the newest only. */
export function useRecognised(onGiven: (given: Given | null, recognition: Recognition) => void) {
  const [text, setText] = useState('')
  const [recognition, setRecognition] = useState<Recognition>({ state: 'nothing' })
  const newest = useRef(0)

  async function settle(given: Given, recognising: Promise<Recognition>) {
    newest.current += 1
    const mine = newest.current
    const found = await recognising
    if (mine !== newest.current) return
    setRecognition(found)
    onGiven(found.state === 'recognised' ? given : null, found)
  }

  return {
    text,
    recognition,
    paste(typed: string) {
      setText(typed)
      void settle({ from: 'text', text: typed }, recogniseText(typed))
    },
    async drop(file: File) {
      setText('')
      const bytes = new Uint8Array(await file.slice(0, READ_AT_MOST).arrayBuffer())
      await settle({ from: 'file', name: file.name, bytes }, recogniseFile(bytes))
    },
  }
}
