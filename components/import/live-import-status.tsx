'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect } from 'react'
import { fetchImportProgress, isMoving } from '@/lib/client/import/import-progress'
import type { ImportStatus } from '@/lib/domain/imports/status'
import { QueryProvider } from '../layout/query-provider'
import { Banner } from '../ui/banner'
import { LiveRegion } from '../ui/live-region'
import { ImportStatusBadge } from './import-status-badge'

type LiveImportStatusProps = { id: string; href: string; status: ImportStatus }

/** The import's state, asked again while it can change by itself; when it has, the page is shown anew. */
export function LiveImportStatus(props: LiveImportStatusProps) {
  return (
    <QueryProvider>
      <Live {...props} />
    </QueryProvider>
  )
}

function Live({ id, href, status }: LiveImportStatusProps) {
  const router = useRouter()
  const { data, isError } = useQuery({
    queryKey: ['import-progress', id],
    queryFn: ({ signal }) => fetchImportProgress(href, signal),
    enabled: isMoving(status),
    refetchInterval: ({ state }) => (isMoving(state.data?.status ?? status) ? 2000 : false),
  })
  const now = data?.status ?? status

  useEffect(() => {
    if (now !== status) router.refresh()
  }, [now, status, router])

  return (
    <LiveRegion visible>
      <ImportStatusBadge status={now} />
      {isError ? (
        <Banner tone="attention" title="The state could not be read just now.">
          What is shown may be old. It is asked for again.
        </Banner>
      ) : null}
    </LiveRegion>
  )
}
