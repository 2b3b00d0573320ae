'use client'

import { useEffect, useMemo, useState } from 'react'
import { readTrustedKeys, TRUSTED_KEYS_PROBLEM_WORDS } from '@/lib/client/release-policy/trusted-keys'
import { type SignatureVerdict, verifyToken } from '@/lib/client/release-policy/verify-token'
import type { DecodedToken } from '@/lib/domain/releases/decode-attestation-token'

type Verdicts = ReadonlyMap<DecodedToken, SignatureVerdict>
const NONE: Verdicts = new Map()

/** What each token's signature is worth by the keys that were pasted; nothing of one that was not looked at with exactly these. */
export function useSignatures(
  given: readonly DecodedToken[],
  keysText: string,
): { verdicts: Verdicts; problem: string | undefined } {
  const tokens = useSame(given)
  const keys = useMemo(() => (keysText.trim() === '' ? null : readTrustedKeys(keysText)), [keysText])
  const [checked, setChecked] = useState({ keys, verdicts: NONE })

  useEffect(() => {
    if (!keys?.ok) return
    let isStale = false
    const verified = tokens.map(
      async (token): Promise<[DecodedToken, SignatureVerdict]> => [token, await verifyToken(token, keys.value)],
    )
    void Promise.all(verified).then((all) => {
      if (!isStale) setChecked({ keys, verdicts: new Map(all) })
    })
    return () => {
      isStale = true
    }
  }, [tokens, keys])

  return {
    verdicts: checked.keys === keys ? checked.verdicts : NONE,
    problem: keys && !keys.ok ? TRUSTED_KEYS_PROBLEM_WORDS[keys.error] : undefined,
  }
}

/** The same array for as long as the same stand in it. */
function useSame<T>(list: readonly T[]): readonly T[] {
  const [kept, setKept] = useState(list)
  const isSame = list.length === kept.length && list.every((each, index) => each === kept[index])
  if (!isSame) setKept(list)
  return isSame ? kept : list
}
