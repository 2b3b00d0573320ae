import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { hasPublicKey, TransferSheet } from '@/components/keks/transfer-sheet'
import { Banner } from '@/components/ui/banner'
import { PageHeader } from '@/components/ui/page-header'
import { PrintButton } from '@/components/ui/print-button'
import { routes } from '@/lib/routes'
import { getKek } from '@/lib/server/keks/get-kek'
import { openTransferSheet } from '@/lib/server/keks/open-transfer-sheet'
import { enterPage } from '@/lib/server/page'

type PageProps = { params: Promise<{ id: string }> }

export const metadata: Metadata = { title: 'Transfer sheet' }

export default async function TransferSheetPage({ params }: PageProps) {
  const { id } = await params
  const { ctx, actor } = await enterPage('keks.download')
  const kek = await getKek(ctx, actor, id)
  if (!kek) notFound()
  const opened = await openTransferSheet(ctx, actor, { kekId: id })
  return (
    <div className="flex max-w-4xl flex-col gap-6">
      <PageHeader
        title={`Transfer sheet: ${kek.name}`}
        crumbs={[
          { label: 'KEKs', href: routes.keks() },
          { label: kek.name, href: routes.kek(id) },
        ]}
        lead="Carry this with the public key file to the machine at the HSM. Nothing on it is secret; that it is true is what matters."
        actions={<PrintButton>Print the sheet</PrintButton>}
      />
      {opened.ok && hasPublicKey(kek) ? (
        <TransferSheet kek={kek} />
      ) : (
        <Banner tone="danger" title="The sheet can’t be shown.">
          {opened.ok
            ? 'The public key of this KEK is not known: it was never created, or never read.'
            : 'That it was opened could not be written to the audit log. Try again when the database answers.'}
        </Banner>
      )}
    </div>
  )
}
