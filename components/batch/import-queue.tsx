'use client'

import '@/lib/client/import/zod-without-eval'

import { useCallback, useState } from 'react'
import { BATCH_AT_MOST } from '@/lib/domain/imports/views'
import { routes } from '@/lib/routes'
import { ProblemSummary } from '../form/problem-summary'
import { OutboundLedger } from '../import/outbound-ledger'
import { DocumentPage } from '../layout/page-frames'
import { LiveRegion } from '../ui/live-region'
import { PageHeader } from '../ui/page-header'
import { Section } from '../ui/section'
import { FilesDrop } from './files-drop'
import { QueueEditor } from './queue-editor'
import { QueueManifest } from './queue-manifest'
import { QueueReading } from './queue-reading'
import { QueueResults } from './queue-results'
import { QueueSending } from './queue-sending'
import { QueueShared } from './queue-shared'
import { QueueTable } from './queue-table'
import { QueueWarnings } from './queue-warnings'
import { type ImportQueueProps, useImportQueue } from './use-import-queue'

/** Several files, each an import of its own: what they share is answered once, and one of them failing stops no other. */
export function ImportQueue(props: ImportQueueProps) {
  const queue = useImportQueue(props)
  const { files, reader, sender } = queue
  const [openId, setOpenId] = useState<string | null>(null)
  const close = useCallback(() => setOpenId(null), [])
  const opened = files.find(({ id }) => id === openId)
  const closed = sender.sending !== 'no' || reader.running
  const some = files.length > 0
  return (
    <DocumentPage>
      <PageHeader
        title="Import several keys"
        crumbs={[{ label: 'Import a key', href: routes.newImport() }]}
        lead="Files for one KEK, in one go. Each becomes an import of its own, disabled, and is reviewed by itself."
      />
      <ProblemSummary problem={sender.problem} />
      <Section title="For all of them">
        <QueueShared shared={queue.shared} />
      </Section>
      <Section
        title="Files"
        lead={`At most ${BATCH_AT_MOST}. A key is opened and sealed here, in workers of this page: what is sent is ciphertext, and nothing before you say so.`}
      >
        <div className="flex flex-col gap-6">
          {files.length < BATCH_AT_MOST && !closed ? <FilesDrop onFiles={queue.add} /> : null}
          <LiveRegion visible>{queue.notice}</LiveRegion>
          <QueueManifest
            manifest={queue.manifest}
            problem={queue.manifestProblem}
            onManifest={(file) => void queue.giveManifest(file)}
            onRemove={queue.removeManifest}
            closed={closed}
          />
          {some ? (
            <QueueTable files={files} openId={openId} onOpen={setOpenId} onRemove={queue.remove} closed={closed} />
          ) : null}
          {opened && !closed ? <QueueEditor key={opened.id} file={opened} onClose={close} /> : null}
        </div>
      </Section>
      {some ? (
        <>
          <Section title="Read and seal">
            <QueueReading files={files} reader={reader} />
          </Section>
          <QueueWarnings files={files} dispatch={queue.dispatch} />
          <Section title="Import">
            <QueueSending files={files} sender={sender} busy={reader.running} />
          </Section>
          <Section title="Results">
            <QueueResults files={files} manifest={queue.manifest} />
          </Section>
        </>
      ) : null}
      <OutboundLedger />
    </DocumentPage>
  )
}
