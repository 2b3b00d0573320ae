import type { Scalar } from '@/lib/domain/releases/policy'

/** Longer texts are cut where they are shown: what a token says may be of any length. */
const longest = 200

/** A value as JSON writes it, so that "false" and false look different. */
export function ScalarText({ value }: { value: Scalar }) {
  const text = JSON.stringify(value)
  return (
    <code className="break-all font-mono font-normal">
      {text.length <= longest ? text : `${text.slice(0, longest)}… (${text.length.toLocaleString('en')} characters)`}
    </code>
  )
}
