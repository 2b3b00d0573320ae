'use client'

import { useQuery } from '@tanstack/react-query'
import { useRouter } from 'next/navigation'
import { useEffect, useRef } from 'react'
import { fetchInventory } from '@/lib/client/keys/fetch-inventory'
import { inventorySignature } from '@/lib/client/keys/inventory-signature'
import { QueryProvider } from '../layout/query-provider'
import { Shape } from '../ui/shape'

type LivePollProps = { href: string; signature: string; everyMs: number; onLooked: (at: number) => void }

/** Asks whether the list has changed and has the server render it anew when it has. */
export default function LivePoll(props: LivePollProps) {
  return (
    <QueryProvider>
      <Poll {...props} />
    </QueryProvider>
  )
}

function Poll({ href, signature, everyMs, onLooked }: LivePollProps) {
  const router = useRouter()
  const asked = useRef('')
  const { data, isError, dataUpdatedAt } = useQuery({
    queryKey: ['inventory', href],
    queryFn: async ({ signal }) => inventorySignature(await fetchInventory(href, signal)),
    refetchInterval: everyMs,
    refetchOnWindowFocus: true,
  })

  useEffect(() => {
    if (!data || data === signature || asked.current === data) return
    asked.current = data
    router.refresh()
  }, [data, signature, router])

  useEffect(() => onLooked(dataUpdatedAt), [dataUpdatedAt, onLooked])

  return (
    <span role="status" className="flex items-center gap-1.5">
      {isError ? (
        <>
          <Shape name="triangle" className="text-attention" />
          The console does not answer; this list may be old.
        </>
      ) : null}
    </span>
  )
}
