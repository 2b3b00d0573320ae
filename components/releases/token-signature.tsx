'use client'

import { useEffect, useMemo, useState } from 'react'
import { readTrustedKeys, TRUSTED_KEYS_PROBLEM_WORDS } from '@/lib/client/release-policy/trusted-keys'
import { SIGNATURE_WORDS, type SignatureVerdict, verifyToken } from '@/lib/client/release-policy/verify-token'
import type { DecodedToken } from '@/lib/domain/releases/decode-attestation-token'
import { Mark } from '../release-policy/verdict-mark'
import { Disclosure } from '../ui/disclosure'
import { Field } from '../ui/field'
import { TextArea } from '../ui/text-area'

/** Verifies a token's signature in this tab, by keys that the officer gives; says that nobody has while there are none. */
export function TokenSignature({ token }: { token: DecodedToken }) {
  const [text, setText] = useState('')
  const keys = useMemo(() => (text.trim() === '' ? null : readTrustedKeys(text)), [text])
  const [checked, setChecked] = useState<{ token: DecodedToken; text: string; verdict: SignatureVerdict } | null>(null)

  useEffect(() => {
    if (!keys?.ok) return
    let isStale = false
    void verifyToken(token, keys.value).then((verdict) => {
      if (!isStale) setChecked({ token, text, verdict })
    })
    return () => {
      isStale = true
    }
  }, [token, keys, text])

  const verdict = keys?.ok && checked?.token === token && checked.text === text ? checked.verdict : null
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <p className="flex flex-wrap items-baseline gap-x-2 text-sm">
        Signature: <SignatureMark verdict={verdict} />
      </p>
      <Disclosure summary="Verify it by the issuer’s keys">
        <Field
          id="release-keys"
          label="The issuer’s keys"
          hint="What its “jwks_uri” answers, or its certificates as PEM. They are taken at your word, and sent to nobody."
          error={keys && !keys.ok ? TRUSTED_KEYS_PROBLEM_WORDS[keys.error] : undefined}
        >
          {(control) => (
            <TextArea
              {...control}
              mono
              rows={4}
              className="break-all"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
          )}
        </Field>
      </Disclosure>
    </div>
  )
}

function SignatureMark({ verdict }: { verdict: SignatureVerdict | null }) {
  if (verdict === null) {
    return (
      <Mark tone="neutral" shape="question">
        not verified here: no keys were given
      </Mark>
    )
  }
  const isGood = verdict === 'verified'
  return (
    <Mark tone={isGood ? 'good' : 'danger'} shape={isGood ? 'check' : 'cross'}>
      {SIGNATURE_WORDS[verdict]}
    </Mark>
  )
}
