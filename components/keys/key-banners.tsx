import type { KeyDetail } from '@/lib/domain/keys/views'
import { routes } from '@/lib/routes'
import { Banner } from '../ui/banner'
import { DateTime } from '../ui/date-time'
import { LinkButton } from '../ui/link-button'
import { isWithheld, shortVersion } from './version-words'

/** What must be known before anything else on a key's page. */
export function KeyBanners({ detail }: { detail: KeyDetail }) {
  const { selected } = detail
  return (
    <>
      {detail.readProblem && !detail.deleted ? <Unread detail={detail} problem={detail.readProblem} /> : null}
      {detail.deleted ? <Deleted deleted={detail.deleted} /> : null}
      {selected.compromised ? (
        <Banner
          tone="danger"
          title={
            <>
              Version {shortVersion(selected.version)} is marked compromised since{' '}
              <DateTime value={selected.compromised.at} relative="none" />
            </>
          }
        >
          By {selected.compromised.byName ?? 'somebody no longer known'}: “{selected.compromised.reason}”
          {selected.unmarkProposalId ? ' It is proposed to take the mark back; another officer confirms.' : null}
        </Banner>
      ) : null}
      {isWithheld(selected) && selected.import ? (
        <Banner
          tone="attention"
          title={`Version ${shortVersion(selected.version)} is under review: ${selected.import.reference}`}
          actions={<LinkButton href={routes.review(selected.import.id)}>Open the review</LinkButton>}
        >
          It stays disabled until another officer has compared it with the ceremony record.
        </Banner>
      ) : null}
      {selected.openEnableRequestId ? (
        <Banner
          tone="attention"
          title={`Somebody asked to enable version ${shortVersion(selected.version)}`}
          actions={<LinkButton href={routes.enableReview(selected.openEnableRequestId)}>Open the review</LinkButton>}
        >
          Another officer decides it.
        </Banner>
      ) : null}
    </>
  )
}

function Unread({ detail, problem }: { detail: KeyDetail; problem: string }) {
  return (
    <Banner
      tone="attention"
      title={
        <>
          This key can’t be read in vault {detail.vaultName}; last seen{' '}
          <DateTime value={detail.indexedAt} relative="inline" />
        </>
      }
    >
      {problem} What stands below is as it was then.
    </Banner>
  )
}

function Deleted({ deleted }: { deleted: NonNullable<KeyDetail['deleted']> }) {
  return (
    <Banner
      tone="attention"
      title={
        <>
          Deleted
          {deleted.at ? (
            <>
              {' '}
              on <DateTime value={deleted.at} relative="none" />
            </>
          ) : null}
          {deleted.scheduledPurgeAt ? (
            <>
              ; purged for good on <DateTime value={deleted.scheduledPurgeAt} relative="inline" />
            </>
          ) : null}
        </>
      }
    >
      Until it is purged, the key can be recovered at the vault, and no other key can take its name.
    </Banner>
  )
}
