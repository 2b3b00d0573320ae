import { SIGNATURE_WORDS, type SignatureVerdict } from '@/lib/client/release-policy/verify-token'
import { Mark } from './verdict-mark'

/** What a token's signature is worth, by the keys that were given. */
export function SignatureMark({ verdict }: { verdict: SignatureVerdict }) {
  const isGood = verdict === 'verified'
  return (
    <Mark tone={isGood ? 'good' : 'danger'} shape={isGood ? 'check' : 'cross'}>
      {SIGNATURE_WORDS[verdict]}
    </Mark>
  )
}
