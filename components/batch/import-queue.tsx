'use client'

import '@/lib/client/import/zod-without-eval'

import { useState } from 'react'
import { progressWords } from '@/lib/client/batch/queue-state'
import { FIELD_IDS } from '@/lib/client/import/field-ids'
import { BATCH_AT_MOST } from '@/lib/domain/imports/views'
import { routes } from '@/lib/routes'
import { ProblemSummary } from '../form/problem-summary'
import { PurposeField } from '../import/purpose-field'
import { VaultAndKek } from '../import/step-vault'
import { DocumentPage } from '../layout/page-frames'
import { Button } from '../ui/button'
import { DateTimeInput } from '../ui/date-time-input'
import { Field } from '../ui/field'
import { FileDrop } from '../ui/file-drop'
import { LiveRegion } from '../ui/live-region'
import { PageHeader } from '../ui/page-header'
import { Section } from '../ui/section'
import { utcInputToIso } from '../ui/utc-value'
import { QueueEditor } from './queue-editor'
import { QueueTable } from './queue-table'
import { type ImportQueueParts, type ImportQueueProps, useImportQueue } from './use-import-queue'

const nothingWrong = () => undefined

/** Several files, each an import of its own: what they share is answered once, and one of them failing stops no other. */
export function ImportQueue(props: ImportQueueProps) {
  const queue = useImportQueue(props)
  const { shared, files, add, remove, sending, problem } = queue
  const [openId, setOpenId] = useState<string | null>(null)
  const opened = files.find(({ id }) => id === openId)
  return (
    <DocumentPage>
      <PageHeader
        title="Import several keys"
        crumbs={[{ label: 'Import a key', href: routes.newImport() }]}
        lead="Files of one KEK, in one go. Each becomes an import of its own, disabled, and is reviewed by itself."
      />
      <ProblemSummary problem={problem} />
      <Section title="For all of them">
        <Shared shared={shared} />
      </Section>
      <Section title="Files" lead={`At most ${BATCH_AT_MOST}. They are read here; nothing is sent before you say so.`}>
        <div className="flex flex-col gap-6">
          {queue.full ? null : (
            <Field id={FIELD_IDS.file} label="Transfer blobs">
              {(control) => (
                <FileDrop
                  {...control}
                  multiple
                  accept=".byok,.json"
                  prompt="Drop the .byok files here"
                  onFile={(file) => void add(file)}
                />
              )}
            </Field>
          )}
          {files.length > 0 ? (
            <QueueTable files={files} openId={openId} onOpen={setOpenId} onRemove={remove} closed={sending} />
          ) : null}
          {opened ? <QueueEditor key={opened.id} file={opened} onClose={() => setOpenId(null)} /> : null}
        </div>
      </Section>
      {files.length > 0 ? <Send queue={queue} /> : null}
    </DocumentPage>
  )
}

function Shared({ shared }: Pick<ImportQueueParts, 'shared'>) {
  return (
    <div className="flex flex-col gap-8">
      <VaultAndKek wizard={shared} errorOf={nothingWrong} several />
      <PurposeField wizard={shared} error={undefined} several />
      <Field
        id={FIELD_IDS.expiresAt}
        label="Expiry"
        hint="After it, encrypting, signing and wrapping stop. Without one, preflight warns for each file."
      >
        {(control) => (
          <DateTimeInput
            {...control}
            onChange={(event) =>
              shared.dispatch({ type: 'answered', change: { expiresAt: utcInputToIso(event.target.value) ?? '' } })
            }
          />
        )}
      </Field>
    </div>
  )
}

function Send({ queue: { files, ready, sending, send } }: { queue: ImportQueueParts }) {
  const states = files.map(({ row }) => row.state)
  const done = states.filter((state) => state === 'done').length
  const many = ready === 0 ? 'keys' : `${ready} keys`
  const words = `Import ${ready === 1 ? '1 key' : many}, disabled for review`
  return (
    <div className="flex flex-col gap-3">
      <progress
        aria-label="Imported"
        max={files.length}
        value={done}
        className="h-1.5 w-full appearance-none overflow-hidden rounded border accent-accent"
      />
      <LiveRegion visible>{progressWords(states)}</LiveRegion>
      <p className="max-w-prose text-sm">
        You confirm once, for exactly these files. Another officer compares each key with the ceremony record before
        anything can use it.
      </p>
      <div>
        <Button
          variant="primary"
          busy={sending}
          disabledReason={ready === 0 && !sending ? 'No file is ready: open those that need you.' : undefined}
          onClick={() => void send()}
        >
          {words}
        </Button>
      </div>
    </div>
  )
}
