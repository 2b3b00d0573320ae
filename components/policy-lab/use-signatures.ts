'use client'

import { useEffect, useMemo, useState } from 'react'
import { readTrustedKeys, TRUSTED_KEYS_PROBLEM_WORDS } from '@/lib/client/release-policy/trusted-keys'
import { type SignatureVerdict, verifyToken } from '@/lib/client/release-policy/verify-token'
import type { ReadToken } from './read-token'

type Verdicts = ReadonlyMap<number, SignatureVerdict>
const none: Verdicts = new Map()

/** What each token's signature is worth by the keys that were pasted; nothing while there are none. */
export function useSignatures(
  tokens: readonly ReadToken[],
  keysText: string,
): { verdicts: Verdicts; problem: string | undefined } {
  const [verdicts, setVerdicts] = useState(none)
  const keys = useMemo(() => (keysText.trim() === '' ? null : readTrustedKeys(keysText)), [keysText])
  const texts = tokens.map(({ id, text }) => `${id} ${text}`).join('\n')
  // biome-ignore lint/correctness/useExhaustiveDependencies: the tokens are their texts, and are made anew at every drawing
  useEffect(() => {
    if (!keys?.ok) return setVerdicts(none)
    let isStale = false
    const signed = tokens.flatMap(({ id, read }) =>
      read.ok && read.value.signed ? [{ id, token: read.value.signed }] : [],
    )
    void Promise.all(
      signed.map(
        async ({ id, token }): Promise<[number, SignatureVerdict]> => [id, await verifyToken(token, keys.value)],
      ),
    ).then((all) => {
      if (!isStale) setVerdicts(new Map(all))
    })
    return () => {
      isStale = true
    }
  }, [texts, keys])
  return { verdicts, problem: keys && !keys.ok ? TRUSTED_KEYS_PROBLEM_WORDS[keys.error] : undefined }
}
