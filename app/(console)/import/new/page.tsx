import type { Metadata } from 'next'
import { DutiesFirst, NoVaultYet } from '@/components/import/before-import'
import { DraftList } from '@/components/import/draft-list'
import { ImportWizard } from '@/components/import/import-wizard'
import { readDuties } from '@/lib/server/duties/read-duties'
import { listDrafts } from '@/lib/server/imports/list-drafts'
import { loadWizardChoices } from '@/lib/server/imports/load-wizard-choices'
import { enterPage } from '@/lib/server/page'
import { acknowledgeDutiesAction } from '../../account/duties-actions'
import {
  discardDraftAction,
  preparePrivateJwkAction,
  readTargetFactsAction,
  saveDraftAction,
  submitImportAction,
  submitPrivateJwkAction,
} from '../actions'
import { startFrom } from '../start-from'

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export const metadata: Metadata = { title: 'Import a key' }

export default async function NewImportPage({ searchParams }: PageProps) {
  const { ctx, actor } = await enterPage('imports.create')
  const { draft, kek, step } = await searchParams
  const duties = await readDuties(ctx, actor)
  if (!duties.holds) return <DutiesFirst duties={duties} acknowledge={acknowledgeDutiesAction} />
  const draftId = typeof draft === 'string' ? draft : undefined
  const choices = await loadWizardChoices(ctx, actor, draftId ? { draftId } : {})
  const drafts = draftId || step ? [] : await listDrafts(ctx, actor)
  if (choices.vaults.length === 0) return <NoVaultYet />
  return (
    <ImportWizard
      drafts={<DraftList drafts={drafts} discard={discardDraftAction} />}
      choices={choices}
      start={startFrom(choices, typeof kek === 'string' ? kek : undefined)}
      actions={{
        readTargetFacts: readTargetFactsAction,
        saveDraft: saveDraftAction,
        submitImport: submitImportAction,
        preparePrivateJwk: preparePrivateJwkAction,
        submitPrivateJwk: submitPrivateJwkAction,
      }}
    />
  )
}
