import type { ProposalDocument } from '@/lib/domain/proposals/views'
import { Banner } from '../ui/banner'

/** Who may confirm it: you or not you, with the reason, and who else. */
export function WhoConfirms({ proposal }: { proposal: ProposalDocument }) {
  const { cannotConfirm, otherDeciders, status } = proposal
  if (status !== 'waiting' && status !== 'lapsed') return null
  const others = otherDeciders.join(', ')
  if (cannotConfirm) {
    return (
      <Banner tone={status === 'lapsed' ? 'attention' : 'information'} title={cannotConfirm}>
        {status === 'lapsed' ? null : others ? `These may confirm it: ${others}.` : 'Nobody else can confirm it now.'}
      </Banner>
    )
  }
  return (
    <p className="max-w-prose text-sm text-text-muted">
      You may decide it{others ? `; so may ${others}` : '. Nobody else can'}.
    </p>
  )
}
