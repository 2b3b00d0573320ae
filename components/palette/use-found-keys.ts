'use client'

import { useEffect, useState } from 'react'
import { fetchInventory } from '@/lib/client/keys/fetch-inventory'
import type { Command } from '@/lib/client/palette/command'
import { KEY_STATE_WORDS } from '@/lib/domain/keys/key-state'
import type { InventoryRow } from '@/lib/domain/keys/views'
import { routes } from '@/lib/routes'

const PAUSE_MS = 150
const SHOWN_AT_MOST = 8

type Found = { typed: string; commands: Command[]; words: string | null }

const NOTHING: Found = { typed: '', commands: [], words: null }

/** Keys whose name or tags hold what was typed, from the inventory: asked for once the typing pauses. */
export function useFoundKeys(typed: string): Omit<Found, 'typed'> {
  const [found, setFound] = useState(NOTHING)
  const text = typed.trim()

  useEffect(() => {
    if (!text) return
    const stop = new AbortController()
    const timer = setTimeout(async () => {
      const answer = await ask(text, stop.signal)
      if (!stop.signal.aborted) setFound(answer)
    }, PAUSE_MS)
    return () => {
      stop.abort()
      clearTimeout(timer)
    }
  }, [text])

  if (!text) return NOTHING
  // Until the newest answer is there the last one stays, so that the list does not jump with every letter.
  return found.typed === text || found.words === null ? found : { ...found, words: null }
}

async function ask(typed: string, signal: AbortSignal): Promise<Found> {
  try {
    const { rows } = await fetchInventory(routes.apiKeys({ q: typed }), signal)
    return { typed, commands: rows.slice(0, SHOWN_AT_MOST).map(toCommand), words: null }
  } catch (cause) {
    if (!signal.aborted) console.warn('keys could not be searched', cause instanceof Error ? cause.name : typeof cause)
    return { typed, commands: [], words: 'Keys can’t be searched now; the console does not answer.' }
  }
}

function toCommand({ connectionId, name, vaultName, state }: InventoryRow): Command {
  return {
    id: `key-${connectionId}-${name}`,
    group: 'keys',
    label: name,
    hint: `${vaultName}, ${KEY_STATE_WORDS[state].label.toLowerCase()}`,
    href: routes.key(connectionId, name),
  }
}
