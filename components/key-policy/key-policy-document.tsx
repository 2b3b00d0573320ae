import { DEFAULT_CONTENT_TYPE } from '@/lib/domain/releases/content-type'
import type { KeyPolicyView } from '@/lib/domain/releases/policy-change-views'
import { routes } from '@/lib/routes'
import { Banner } from '../ui/banner'
import { DescriptionList } from '../ui/description-list'
import { EmptyState } from '../ui/empty-state'
import { KeyId } from '../ui/key-id'
import { LinkButton } from '../ui/link-button'
import { Section } from '../ui/section'
import { ImmutableBadge } from './immutable-badge'
import { PolicyHistory } from './policy-history'
import { PolicyInWords } from './policy-in-words'
import { ProposePolicyForm } from './propose-policy-form'
import { StoredTests } from './stored-tests'

type KeyPolicyProps = {
  view: KeyPolicyView
  /** Why the reader may not propose; undefined when they may. */
  closed: string | undefined
  actions: Pick<Parameters<typeof ProposePolicyForm>[0], 'propose'> &
    Pick<Parameters<typeof StoredTests>[0], 'add' | 'remove'>
}

/** A key's release policy: what it says now, what it must pass, what it was, and a way to another. */
export function KeyPolicyDocument({ view, closed, actions }: KeyPolicyProps) {
  return (
    <>
      {view.readProblem ? (
        <Banner tone="attention" title="The vault could not be read">
          {view.readProblem} What stands here was seen before.
        </Banner>
      ) : null}
      {view.openRequestId ? (
        <Banner
          tone="information"
          title="Another policy is proposed"
          actions={<LinkButton href={routes.policyReview(view.openRequestId)}>Open the review</LinkButton>}
        >
          The present one stays until another officer has compared both and approved.
        </Banner>
      ) : null}
      {view.held ? (
        <>
          <Section id="policy-now" title="Who it is released to">
            <Held held={view.held} />
          </Section>
          <Section
            id="policy-tests"
            title="Tests"
            lead="Tokens with what the policy must say to them. Another policy is proposed, and set, only while all of them pass."
          >
            <StoredTests view={view} closed={closed} add={actions.add} remove={actions.remove} />
          </Section>
        </>
      ) : (
        <EmptyState>
          {view.readProblem
            ? 'No release policy of this key was ever seen.'
            : 'This key can’t be exported, so it has no release policy. Whether a key can be is decided when it is made or imported.'}
        </EmptyState>
      )}
      {view.seen.length > 0 ? (
        <Section
          id="policy-history"
          title="Policies that were seen"
          lead="What Drawbridge saw at this version, and when. What the vault held between two that differ, nobody can tell."
        >
          <PolicyHistory seen={view.seen} />
        </Section>
      ) : null}
      {view.held ? (
        <Section
          id="policy-propose"
          title="Propose another policy"
          lead="Nothing changes at the vault until another officer has approved it. It then holds for the key, not for one version: which of the older versions take it over, the service’s documentation does not say."
        >
          <Propose view={view} closed={closed} propose={actions.propose} />
        </Section>
      ) : null}
    </>
  )
}

function Held({ held }: { held: NonNullable<KeyPolicyView['held']> }) {
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <PolicyInWords text={held.text} />
      <DescriptionList
        items={[
          { term: 'Changes', detail: <ImmutableBadge immutable={held.immutable} /> },
          {
            term: 'Content type',
            detail: held.contentType ?? `not told; the default is ${DEFAULT_CONTENT_TYPE}`,
          },
          { term: 'SHA-256', detail: <KeyId value={held.sha256} label="Copy the policy’s SHA-256" length={0} /> },
        ]}
      />
    </div>
  )
}

type ProposeProps = Pick<KeyPolicyProps, 'view' | 'closed'> & Pick<KeyPolicyProps['actions'], 'propose'>

function Propose({ view, closed, propose }: ProposeProps) {
  const because = closed ?? whyNot(view)
  return because ? (
    <p className="max-w-prose text-sm text-text-muted">{because}</p>
  ) : (
    <ProposePolicyForm view={view} propose={propose} />
  )
}

function whyNot({ held, openRequestId, readProblem }: KeyPolicyView): string | undefined {
  if (held?.immutable) return 'This policy is immutable: nobody can change it, at the vault either.'
  if (openRequestId) return 'A proposal waits already. Decide or withdraw it first.'
  return readProblem ? 'The vault must answer first: a proposal is made against what it holds now.' : undefined
}
