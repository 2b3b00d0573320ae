import type { Database } from 'lmdb'
import type { NameRecord, UnixSeconds } from './records'

/** What a vault does by itself when its time has come: purge what was deleted, follow a rotation policy. */
export type DueKind = 'purge' | 'policy'
export type DueEntry = { vault: string; name: string; at: UnixSeconds }

/** One entry per kind and name, in order of time over all vaults. Writes happen inside a commit of the store. */
export type DueIndex = {
  /** Inside a commit. `null` for none. */
  move(kind: DueKind, place: { vault: string; name: string }, from: UnixSeconds | null, to: UnixSeconds | null): void
  /** The first entries that are due by `now`, at most `limit`. */
  first(kind: DueKind, now: UnixSeconds, limit: number): DueEntry[]
  /** When the first entry of the kind is due: without a look at the disk. */
  earliest(kind: DueKind): UnixSeconds | undefined
  /** After each commit that moved an entry, once it is on the disk. */
  onChange(listener: () => void): void
  committed(): void
  /** How many entries were ever moved; a commit compares it to know whether it was one that did. */
  moves(): number
}

export function openDueIndex(entries: Database<true, string>): DueIndex {
  const listeners: (() => void)[] = []
  let earliest: Partial<Record<DueKind, UnixSeconds>> | undefined
  let moves = 0

  const find = (kind: DueKind, limit: number) =>
    [...entries.getKeys({ start: `${kind}/`, end: `${kind}0`, limit })].map(parseKey)
  return {
    move(kind, { vault, name }, from, to) {
      if (from === to) return
      if (from !== null) void entries.remove(keyOf(kind, from, vault, name))
      if (to !== null) void entries.put(keyOf(kind, to, vault, name), true)
      moves += 1
    },
    first: (kind, now, limit) => find(kind, limit).filter(({ at }) => at <= now),
    earliest(kind) {
      earliest ??= { ...earliestOf('purge', find), ...earliestOf('policy', find) }
      return earliest[kind]
    },
    onChange: (listener) => void listeners.push(listener),
    committed() {
      earliest = undefined
      for (const listener of listeners) listener()
    },
    moves: () => moves,
  }
}

function earliestOf(
  kind: DueKind,
  find: (kind: DueKind, limit: number) => DueEntry[],
): Partial<Record<DueKind, number>> {
  const [entry] = find(kind, 1)
  return entry ? { [kind]: entry.at } : {}
}

const indexed = 'indexed'

/** Once for a store that is older than the index: what lies deleted there is to be purged as well. */
export async function indexDeletions(
  entries: Database<true, string>,
  names: Database<NameRecord, string>,
): Promise<void> {
  if (entries.get(indexed)) return
  await entries.transaction(() => {
    for (const { key, value } of names.getRange()) {
      const [vault = '', name = ''] = key.split('/')
      if (value.deletion) void entries.put(keyOf('purge', value.deletion.scheduledPurgeDate, vault, name), true)
    }
    void entries.put(indexed, true)
  })
}

/** Twelve digits, so that keys sort as times do. */
function keyOf(kind: DueKind, at: UnixSeconds, vault: string, name: string): string {
  return `${kind}/${String(at).padStart(12, '0')}/${vault}/${name.toLowerCase()}`
}

function parseKey(key: string): DueEntry {
  const [, at = '', vault = '', name = ''] = key.split('/')
  return { at: Number(at), vault, name }
}
