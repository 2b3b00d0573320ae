import type { ReactNode } from 'react'
import { PageHeader } from '../ui/page-header'
import { Wordmark } from '../ui/wordmark'

type NoticePageProps = { title: string; children: ReactNode; actions?: ReactNode }

/** A page of few words outside the shell: not found, or failed. */
export function NoticePage({ title, children, actions }: NoticePageProps) {
  return (
    <main id="main" className="mx-auto flex min-h-dvh max-w-document flex-col gap-6 px-6 py-16">
      <Wordmark />
      <PageHeader title={title} lead={children} />
      {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
    </main>
  )
}
