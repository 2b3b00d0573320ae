import type { KeyObject } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Database, open } from 'lmdb'
import { type DueIndex, indexDeletions, openDueIndex } from './due-index'
import { readOrCreateMasterKey } from './master-key'
import { openedKeys } from './opened-keys'
import type { NameRecord, RotationRecord, VersionRecord } from './records'

/** Whatever else a path names is no version, and might be longer than LMDB's keys can be. */
const versionPattern = /^[0-9a-f]{32}$/

export type Page<T> = { items: T[]; next: string | null }

/** The keys of one vault. Names compare without case. Lists read metadata only: no private key is opened for them. */
export type KeyStore = {
  name(name: string): NameRecord | undefined
  version(name: string, version: string): VersionRecord | undefined
  /** Looks at up to `limit` names after `after`, and gives those that `keep` wants: a page may be empty and still have a next. */
  names(after: string | null, limit: number, keep: (record: NameRecord) => boolean): Page<NameRecord>
  versions(name: string, after: string | null, limit: number): Page<VersionRecord>
  rotation(name: string): RotationRecord | undefined
  /** The private half: PKCS#8 DER, or the raw bytes of a symmetric key. */
  secret(name: string, version: string): Buffer
  /** The same, ready for use. The keys used last stay open in memory, so that a signature costs little more than its own work. */
  openKey(name: string, record: VersionRecord): KeyObject
  /** Runs `change` alone; resolves once it is on the disk. A throw inside, before the first write, changes nothing. */
  commit<T>(change: (write: KeyWriter) => T): Promise<T>
}

export type KeyWriter = {
  name(name: string): NameRecord | undefined
  version(name: string, version: string): VersionRecord | undefined
  rotation(name: string): RotationRecord | undefined
  countVersions(name: string): number
  putName(record: NameRecord): void
  putVersion(name: string, record: VersionRecord): void
  addVersion(name: string, record: VersionRecord, secret: Uint8Array): void
  /** `null`: the name has no policy any more. */
  putRotation(name: string, record: RotationRecord | null): void
  /** All versions, their private halves and the policy. */
  purge(name: string): void
}

export type Store = {
  keysOf(vault: string): KeyStore
  due: DueIndex
  /** A key for one purpose, derived from the master key. */
  deriveKey(purpose: string): Buffer
  close(): Promise<void>
}

/** Opens the store in `<data>/store`. `overlappingSync: false` makes every commit wait for fsync before it is acknowledged. */
export async function openStore(dataFolder: string): Promise<Store> {
  const path = join(dataFolder, 'store')
  const opened = openedKeys()
  const masterKey = readOrCreateMasterKey(dataFolder, existsSync(path))
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const root = open({ path, overlappingSync: false, maxDbs: 8 })
  const names = root.openDB<NameRecord, string>({ name: 'names' })
  const versions = root.openDB<VersionRecord, string>({ name: 'versions' })
  const secrets = root.openDB<Buffer, string>({ name: 'secrets', encoding: 'binary' })
  const rotations = root.openDB<RotationRecord, string>({ name: 'rotations' })
  const dueEntries = root.openDB<true, string>({ name: 'due' })
  await indexDeletions(dueEntries, names)
  const due = openDueIndex(dueEntries)

  function keysOf(vault: string): KeyStore {
    const nameKey = (name: string) => `${vault}/${name.toLowerCase()}`
    const versionKey = (name: string, version: string) => `${nameKey(name)}/${version}`
    const readName = (name: string) => names.get(nameKey(name))
    const readVersion = (name: string, version: string) =>
      versionPattern.test(version) ? versions.get(versionKey(name, version)) : undefined
    const readRotation = (name: string) => rotations.get(nameKey(name))

    function putName(record: NameRecord): void {
      const before = readName(record.name)?.deletion?.scheduledPurgeDate ?? null
      due.move('purge', { vault, name: record.name }, before, record.deletion?.scheduledPurgeDate ?? null)
      void names.put(nameKey(record.name), record)
    }

    function putRotation(name: string, record: RotationRecord | null): void {
      due.move('policy', { vault, name }, nextOf(readRotation(name)), nextOf(record))
      if (record) void rotations.put(nameKey(name), record)
      else void rotations.remove(nameKey(name))
    }

    const writer: KeyWriter = {
      name: readName,
      version: readVersion,
      rotation: readRotation,
      countVersions: (name) => versions.getKeysCount(rangeUnder(nameKey(name))),
      putName,
      putRotation,
      putVersion: (name, record) => void versions.put(versionKey(name, record.version), record),
      addVersion(name, record, secret) {
        const key = versionKey(name, record.version)
        void versions.put(key, record)
        void secrets.put(key, masterKey.seal(secret, key))
      },
      purge(name) {
        for (const key of [...versions.getKeys(rangeUnder(nameKey(name)))]) {
          void versions.remove(key)
          void secrets.remove(key)
          opened.forget(key)
        }
        putRotation(name, null)
        due.move('purge', { vault, name }, readName(name)?.deletion?.scheduledPurgeDate ?? null, null)
        void names.remove(nameKey(name))
      },
    }

    function secret(name: string, version: string): Buffer {
      const key = versionKey(name, version)
      const sealed = secrets.get(key)
      if (!sealed) throw new Error(`The private half of ${key} is missing from the store.`)
      return masterKey.open(sealed, key)
    }

    return {
      name: readName,
      version: readVersion,
      names(after, limit, keep) {
        const page = readPage(names, vault, after, limit)
        return { items: page.items.filter(keep), next: page.next }
      },
      versions: (name, after, limit) => readPage(versions, nameKey(name), after, limit),
      secret,
      openKey: (name, { version, publicPart }) =>
        opened.get(versionKey(name, version), publicPart, () => secret(name, version)),
      rotation: readRotation,
      async commit(change) {
        let movesDue = false
        const result = await root.transaction(() => {
          const before = due.moves()
          const changed = change(writer)
          movesDue = due.moves() !== before
          return changed
        })
        if (movesDue) due.committed()
        return result
      },
    }
  }

  return { keysOf, due, deriveKey: masterKey.derive, close: () => root.close() }
}

function nextOf(record: RotationRecord | null | undefined): number | null {
  const times = [record?.due.rotate, record?.due.notify].filter((at) => typeof at === 'number')
  return times.length > 0 ? Math.min(...times) : null
}

/** Names hold letters, digits and hyphens only, so `/` separates and `0`, the character after it, ends the range. */
function rangeUnder(prefix: string): { start: string; end: string } {
  return { start: `${prefix}/`, end: `${prefix}0` }
}

function readPage<T>(database: Database<T, string>, prefix: string, after: string | null, limit: number): Page<T> {
  const range = rangeUnder(prefix)
  const start = after === null ? range.start : `${prefix}/${after}`
  const items: T[] = []
  let last = ''
  for (const { key, value } of database.getRange({
    start,
    end: range.end,
    exclusiveStart: after !== null,
    limit: limit + 1,
  })) {
    if (items.length === limit) return { items, next: last.slice(prefix.length + 1) }
    items.push(value)
    last = key
  }
  return { items, next: null }
}
