import type { Metadata } from 'next'
import { ImportQueue } from '@/components/batch/import-queue'
import { DutiesFirst, NothingToImportUnder } from '@/components/import/before-import'
import { readDuties } from '@/lib/server/duties/read-duties'
import { loadWizardChoices } from '@/lib/server/imports/load-wizard-choices'
import { enterPage } from '@/lib/server/page'
import { acknowledgeDutiesAction } from '../../account/duties-actions'
import { prepareBatchAction, readTargetFactsAction, submitImportAction } from '../actions'
import { startFrom } from '../start-from'

export const metadata: Metadata = { title: 'Import several keys' }

type PageProps = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function ImportQueuePage({ searchParams }: PageProps) {
  const { ctx, actor } = await enterPage('imports.create')
  const { kek } = await searchParams
  const duties = await readDuties(ctx, actor)
  if (!duties.holds) return <DutiesFirst duties={duties} acknowledge={acknowledgeDutiesAction} />
  const choices = await loadWizardChoices(ctx, actor, {})
  if (!choices.vaults.some(({ keks }) => keks.length > 0)) return <NothingToImportUnder />
  return (
    <ImportQueue
      choices={choices}
      start={startFrom(choices, typeof kek === 'string' ? kek : undefined)}
      actions={{
        readTargetFacts: readTargetFactsAction,
        submitImport: submitImportAction,
        prepareBatch: prepareBatchAction,
      }}
    />
  )
}
