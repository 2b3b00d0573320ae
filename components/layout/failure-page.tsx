'use client'

import type { ReactNode } from 'react'
import { DATABASE_SILENT } from '@/lib/domain/failures/database-silent'
import { Button } from '../ui/button'
import { NoticePage } from './notice-page'

export type FailureProps = { error: unknown; retry: () => void }

/** What Next writes to the server's log beside the failure, and the only thing shown of it. */
function referenceOf(error: unknown): string | undefined {
  const digest = typeof error === 'object' && error !== null && 'digest' in error ? error.digest : undefined
  return typeof digest === 'string' ? digest : undefined
}

/** A page failed: the database did not answer, or in a way nobody foresaw. Without a word of the failure itself. */
export function FailurePage({ error, retry }: FailureProps) {
  const reference = referenceOf(error)
  if (reference === DATABASE_SILENT) return <DatabaseSilent retry={retry} />
  return (
    <RetryNotice title="Something went wrong" retry={retry}>
      <p>
        This page could not be shown. If you had just asked for a change, look at the audit log before you ask again: it
        says whether the change was made.
      </p>
      {reference ? (
        <p className="mt-3 text-sm">
          Reference for your administrator: <code className="font-mono">{reference}</code>
        </p>
      ) : null}
    </RetryNotice>
  )
}

function DatabaseSilent({ retry }: Pick<FailureProps, 'retry'>) {
  return (
    <RetryNotice title="The database does not answer" retry={retry}>
      <p>
        Nothing can be shown until it does, and nothing new is sent to a vault. What was under way gets its outcome when
        the database is back; the console need not be started again. Tell whoever runs it if this lasts.
      </p>
    </RetryNotice>
  )
}

function RetryNotice({ title, retry, children }: Pick<FailureProps, 'retry'> & { title: string; children: ReactNode }) {
  return (
    <NoticePage
      title={title}
      actions={
        <Button variant="primary" onClick={retry}>
          Try again
        </Button>
      }
    >
      {children}
    </NoticePage>
  )
}
