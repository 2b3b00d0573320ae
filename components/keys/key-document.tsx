import type { KeyDetail } from '@/lib/domain/keys/views'
import { closedBecause, hasPermission } from '@/lib/domain/people/permissions'
import type { Role } from '@/lib/domain/people/roles'
import { routes } from '@/lib/routes'
import { Button } from '../ui/button'
import { DateTime } from '../ui/date-time'
import { LinkButton } from '../ui/link-button'
import { Section } from '../ui/section'
import { KeyAsCode } from './key-as-code'
import { KeyBanners } from './key-banners'
import { KeyFacts } from './key-facts'
import { KeyHistory } from './key-history'
import { CompromisedBadge, KekBadge, KeyStateBadge, UnderReviewBadge } from './key-state-badge'
import { KeyTags } from './key-tags'
import { PublicKey } from './public-key'
import { type VersionActActions, VersionActButtons } from './version-act-buttons'
import { closedActs } from './version-acts'
import { VersionTable } from './version-table'
import { isWithheld } from './version-words'
import { WhatWorksTable } from './what-works-table'

type KeyDocumentProps = {
  detail: KeyDetail
  roles: readonly Role[]
  actions: VersionActActions
}

/** Everything about one version of a key, and the key's other versions beside it. */
export function KeyDocument({ detail, roles, actions }: KeyDocumentProps) {
  const { selected, name } = detail
  return (
    <div className="flex flex-col gap-6">
      <KeyStatus detail={detail} />
      <KeyBanners detail={detail} />
      <VersionActButtons
        target={{
          connectionId: detail.connectionId,
          name,
          version: selected.version,
          isLatest: selected.isLatest,
          isKek: detail.isKek,
          enabled: selected.enabled,
          isMarked: selected.compromised !== null,
        }}
        actions={actions}
        closed={closedActs(detail, roles)}
        more={
          <>
            <ReleaseLink detail={detail} roles={roles} />
            <ReportLink detail={detail} roles={roles} />
          </>
        }
      />
      <div className="grid gap-x-12 gap-y-8 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-w-0 flex-col gap-8">
          <Section id="facts" title="This version">
            <KeyFacts detail={detail} />
          </Section>
          <Section id="public-key" title="Public key">
            <PublicKey name={name} selected={selected} />
          </Section>
          <Section title="Versions">
            <VersionTable detail={detail} />
          </Section>
          <Section title="Tags" lead="Whoever may list keys at the vault can read them.">
            <KeyTags tags={selected.tags} />
          </Section>
        </div>
        <div className="flex min-w-0 flex-col gap-8">
          <Section
            title="What this version can do now"
            lead="Near its dates a vault may allow a few minutes either way."
          >
            <WhatWorksTable operations={selected.whatWorks} />
          </Section>
          <Section id="history" title="History">
            <KeyHistory name={name} history={detail.history} mayReadAudit={hasPermission(roles, 'audit.read')} />
          </Section>
          <Section id="code" title="As code">
            <KeyAsCode detail={detail} />
          </Section>
        </div>
      </div>
    </div>
  )
}

/** Where a version that may leave the vault is released. */
function ReleaseLink({ detail: { connectionId, name, selected }, roles }: Pick<KeyDocumentProps, 'detail' | 'roles'>) {
  if (!selected.exportable) return null
  const closed = closedBecause(roles, 'releases.perform')
  if (closed) return <Button disabledReason={closed}>Release</Button>
  return <LinkButton href={routes.releaseKey(connectionId, name, selected.version)}>Release</LinkButton>
}

/** Who was released it: of a key that may leave the vault. */
function ReportLink({ detail: { connectionId, name, selected }, roles }: Pick<KeyDocumentProps, 'detail' | 'roles'>) {
  if (!selected.exportable || !hasPermission(roles, 'releases.read')) return null
  return <LinkButton href={routes.releaseReport({ vault: connectionId, key: name })}>Release report</LinkButton>
}

/** The state in its badges, and how fresh all of this is. */
function KeyStatus({ detail }: { detail: KeyDetail }) {
  const { selected } = detail
  return (
    <div className="flex flex-wrap items-center gap-x-2 gap-y-1 text-sm text-text-muted">
      <KeyStateBadge state={selected.state} />
      {isWithheld(selected) ? <UnderReviewBadge /> : null}
      {selected.compromised ? <CompromisedBadge /> : null}
      {detail.isKek ? <KekBadge /> : null}
      <span className="ml-1">
        {detail.freshAt ? 'Read from the vault' : 'From our index as of'}{' '}
        <DateTime value={detail.freshAt ?? detail.indexedAt} relative="inline" withSeconds />
      </span>
    </div>
  )
}
