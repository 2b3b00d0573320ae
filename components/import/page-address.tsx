'use client'

import { useSyncExternalStore } from 'react'
import { CopyButton } from '../ui/copy-button'

const NEVER = () => () => undefined

/** The whole address of a page, to bookmark. Only the browser knows by which name it reached the console. */
export function PageAddress({ path }: { path: string }) {
  const origin = useSyncExternalStore(
    NEVER,
    () => window.location.origin,
    () => '',
  )
  return (
    <p className="flex flex-wrap items-center gap-2 text-sm">
      <code className="break-all font-mono text-table">{`${origin}${path}`}</code>
      <CopyButton value={`${origin}${path}`} label="Copy the address" withText />
    </p>
  )
}
