import type { Metadata } from 'next'
import { Duties } from '@/components/account/duties'
import { DraftList } from '@/components/import/draft-list'
import { ImportWizard } from '@/components/import/import-wizard'
import { EmptyState } from '@/components/ui/empty-state'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import type { WizardChoices } from '@/lib/domain/imports/views'
import type { DutiesView } from '@/lib/domain/people/duties'
import { routes } from '@/lib/routes'
import { readDuties } from '@/lib/server/duties/read-duties'
import { listDrafts } from '@/lib/server/imports/list-drafts'
import { loadWizardChoices } from '@/lib/server/imports/load-wizard-choices'
import { enterPage } from '@/lib/server/page'
import { acknowledgeDutiesAction } from '../../account/duties-actions'
import { discardDraftAction, readTargetFactsAction, saveDraftAction, submitImportAction } from '../actions'

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export const metadata: Metadata = { title: 'Import a key' }

export default async function NewImportPage({ searchParams }: PageProps) {
  const { ctx, actor } = await enterPage('imports.create')
  const { draft, kek, step } = await searchParams
  const duties = await readDuties(ctx, actor)
  if (!duties.holds) return <DutiesFirst duties={duties} />
  const draftId = typeof draft === 'string' ? draft : undefined
  const choices = await loadWizardChoices(ctx, actor, draftId ? { draftId } : {})
  const drafts = draftId || step ? [] : await listDrafts(ctx, actor)
  if (!choices.vaults.some(({ keks }) => keks.length > 0)) return <NothingToImportUnder />
  return (
    <>
      <DraftList drafts={drafts} discard={discardDraftAction} />
      <ImportWizard
        choices={choices}
        start={startFrom(choices, typeof kek === 'string' ? kek : undefined)}
        actions={{
          readTargetFacts: readTargetFactsAction,
          saveDraft: saveDraftAction,
          submitImport: submitImportAction,
        }}
      />
    </>
  )
}

/** Asked in place, before the first step: the address stays, so that the wizard begins where it was meant to. */
function DutiesFirst({ duties }: { duties: DutiesView }) {
  return (
    <div className="flex max-w-document flex-col gap-6">
      <PageHeader title="Import a key" />
      <Duties duties={duties} acknowledge={acknowledgeDutiesAction} />
    </div>
  )
}

function NothingToImportUnder() {
  return (
    <div className="flex max-w-document flex-col gap-6">
      <PageHeader title="Import a key" />
      <EmptyState
        action={
          <LinkButton href={routes.newKek()} variant="primary">
            Create a KEK
          </LinkButton>
        }
      >
        A key crosses wrapped under a KEK of the vault that receives it, and no vault has one yet.
      </EmptyState>
    </div>
  )
}

/** A KEK's page leads here with its id; a single vault is chosen beforehand. */
function startFrom(choices: WizardChoices, kekId: string | undefined) {
  const vault = choices.vaults.find(({ keks }) => keks.some(({ id }) => id === kekId))
  const kek = vault?.keks.find(({ id }) => id === kekId)
  const [first, second] = choices.vaults
  const chosen = vault ?? (second ? undefined : first)
  return { ...(chosen ? { connectionId: chosen.connectionId } : {}), ...(kek ? { kekKid: kek.kid } : {}) }
}
