import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { DownloadPublicKey } from '@/components/keks/download-public-key'
import { KekFacts } from '@/components/keks/kek-facts'
import { KekImports } from '@/components/keks/kek-imports'
import { KekStateBadge } from '@/components/keks/kek-state-badge'
import { OfflineSealer } from '@/components/keks/offline-sealer'
import { RetireKek } from '@/components/keks/retire-kek'
import { ActsAsCode } from '@/components/keys/acts-as-code'
import { Button } from '@/components/ui/button'
import { CodeBlock } from '@/components/ui/code-block'
import { Disclosure } from '@/components/ui/disclosure'
import { LinkButton } from '@/components/ui/link-button'
import { PageHeader } from '@/components/ui/page-header'
import { Section } from '@/components/ui/section'
import { closedBecause, hasPermission } from '@/lib/domain/people/permissions'
import { routes } from '@/lib/routes'
import { getKek } from '@/lib/server/keks/get-kek'
import { enterPage } from '@/lib/server/page'
import { readSealer } from '@/lib/server/sealer/read-sealer'
import { downloadKekPublicKeyAction, retireKekAction } from '../actions'

type PageProps = { params: Promise<{ id: string }> }

export const metadata: Metadata = { title: 'Key exchange key' }

export default async function KekPage({ params }: PageProps) {
  const { id } = await params
  const { ctx, actor } = await enterPage('keks.read')
  const kek = await getKek(ctx, actor, id)
  if (!kek) notFound()
  const sealer = await readSealer()
  const noDownload = closedBecause(actor.roles, 'keks.download')
  const noRetire = closedBecause(actor.roles, 'keks.retire')
  return (
    <div className="flex flex-col gap-8">
      <PageHeader
        title={kek.name}
        crumbs={[{ label: 'KEKs', href: routes.keks() }]}
        status={<KekStateBadge state={kek.state} />}
        actions={
          <>
            <MaybeLink
              href={routes.newImport({ kek: kek.id })}
              closed={closedBecause(actor.roles, 'imports.create')}
              label="Import under this KEK"
            />
            <MaybeLink href={routes.transferSheet(kek.id)} closed={noDownload} label="Transfer sheet" />
            <DownloadPublicKey
              kekId={kek.id}
              download={downloadKekPublicKeyAction}
              disabledReason={noDownload ?? (kek.publicKeyPem ? undefined : 'Its public key is not known.')}
            />
          </>
        }
      />
      <div className="max-w-4xl">
        <KekFacts kek={kek} />
      </div>
      {kek.publicKeyPem ? (
        <Section
          id="public-key"
          title="Public key"
          lead="For reading. Take the file by “Download public key”: the audit log then says who carried it away, and when."
        >
          <Disclosure summary="Show it as PEM">
            <div className="max-w-document">
              <CodeBlock label="Copy the public key" code={kek.publicKeyPem.trim()} />
            </div>
          </Disclosure>
        </Section>
      ) : null}
      <Section
        id="sealer"
        title="Offline sealer"
        lead="One HTML file for a machine without a network: it seals a key file under this KEK, and checks transfer blobs. By its SHA-256 you see, before any key is near it, that it is the published program; a page that a server sends anew each time can’t show you that."
      >
        <OfflineSealer sealer={sealer?.facts ?? null} />
      </Section>
      <Section id="blobs" title="Blobs that named this KEK">
        <KekImports imports={kek.imports} linked={hasPermission(actor.roles, 'imports.read')} />
      </Section>
      <Section
        id="retire"
        title="Retire"
        lead="Once every import under it is decided, a KEK has done its work: a blob that nobody can unwrap is worth nothing to a thief."
      >
        <RetireKek
          kekId={kek.id}
          name={kek.name}
          retire={retireKekAction}
          blockedBecause={noRetire ?? kek.retireBlockedBecause}
          alreadyDisabled={kek.state === 'disabled'}
        />
      </Section>
      {kek.version ? (
        <Section id="code" title="As code">
          <div className="max-w-document">
            <ActsAsCode
              at={{ url: kek.vaultUrl, name: kek.name, version: kek.version }}
              acts={['show', 'list', 'download', 'disable', 'delete']}
            />
          </div>
        </Section>
      ) : null}
    </div>
  )
}

/** A way that is closed to the reader stays in its place and says why. */
function MaybeLink({ href, closed, label }: { href: string; closed: string | undefined; label: string }) {
  return closed ? <Button disabledReason={closed}>{label}</Button> : <LinkButton href={href}>{label}</LinkButton>
}
