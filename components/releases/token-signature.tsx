'use client'

import { useState } from 'react'
import type { DecodedToken } from '@/lib/domain/releases/decode-attestation-token'
import { IssuerKeysField } from '../release-policy/issuer-keys-field'
import { SignatureMark } from '../release-policy/signature-mark'
import { useSignatures } from '../release-policy/use-signatures'
import { Mark } from '../release-policy/verdict-mark'
import { Disclosure } from '../ui/disclosure'

/** Verifies a token's signature in this tab, by keys that the officer gives; says that nobody has while there are none. */
export function TokenSignature({ token }: { token: DecodedToken }) {
  const [keys, setKeys] = useState('')
  const { verdicts, problem } = useSignatures([token], keys)
  const verdict = verdicts.get(token)
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
        Signature:{' '}
        {verdict === undefined ? (
          <Mark tone="neutral" shape="question">
            {token.algorithm}, not verified here
          </Mark>
        ) : (
          <SignatureMark verdict={verdict} />
        )}
      </p>
      <Disclosure summary="Verify it by the issuer’s keys">
        <IssuerKeysField id="release-keys" value={keys} problem={problem} onChange={setKeys} />
      </Disclosure>
    </div>
  )
}
