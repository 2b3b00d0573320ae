import { CANNOT_DECIDE_WORDS, type CannotDecide } from '@/lib/domain/reviews/may-decide'
import { Banner } from '../ui/banner'

type WhoDecidesProps = { cannotDecide: CannotDecide | null; otherDeciders: readonly string[] }

/** Who may decide it: you or not you, with the reason, and who else. */
export function WhoDecides({ cannotDecide, otherDeciders }: WhoDecidesProps) {
  const others = otherDeciders.join(', ')
  if (cannotDecide) {
    return (
      <Banner tone="information" title={CANNOT_DECIDE_WORDS[cannotDecide]}>
        {others ? `These may decide it: ${others}.` : 'Nobody else can decide it now.'}
      </Banner>
    )
  }
  return (
    <p className="max-w-prose text-sm text-text-muted">
      You may decide it{others ? `; so may ${others}` : '. Nobody else can'}.
    </p>
  )
}
