import { PROPOSAL_KIND_WORDS, PROPOSAL_KINDS } from '@/lib/domain/proposals/kinds'
import { routes } from '@/lib/routes'
import { Banner } from '../ui/banner'
import { TextLink } from '../ui/text-link'

/** What waits for a second administrator about this person or vault. */
export function WaitingAbout({ waiting }: { waiting: readonly { id: string; kind: string }[] }) {
  if (waiting.length === 0) return null
  return (
    <Banner tone="information" title="This waits for a second person to confirm it:">
      <ul className="flex flex-col gap-1">
        {waiting.map(({ id, kind }) => (
          <li key={id}>
            <TextLink href={routes.proposal(id)}>{wordsOf(kind)}</TextLink>
          </li>
        ))}
      </ul>
    </Banner>
  )
}

function wordsOf(kind: string): string {
  const known = PROPOSAL_KINDS.find((each) => each === kind)
  return known ? PROPOSAL_KIND_WORDS[known] : 'A proposal'
}
