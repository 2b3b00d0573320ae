import type { KeyObject } from 'node:crypto'
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Database, open } from 'lmdb'
import { readOrCreateMasterKey } from './master-key'
import { openedKeys } from './opened-keys'
import type { NameRecord, VersionRecord } from './records'

export type Page<T> = { items: T[]; next: string | null }

/** The keys of one vault. Names compare without case. Lists read metadata only: no private key is opened for them. */
export type KeyStore = {
  name(name: string): NameRecord | undefined
  version(name: string, version: string): VersionRecord | undefined
  /** Looks at up to `limit` names after `after`, and gives those that `keep` wants: a page may be empty and still have a next. */
  names(after: string | null, limit: number, keep: (record: NameRecord) => boolean): Page<NameRecord>
  versions(name: string, after: string | null, limit: number): Page<VersionRecord>
  /** The private half: PKCS#8 DER, or the raw bytes of a symmetric key. */
  secret(name: string, version: string): Buffer
  /** The same, ready for use. The keys used last stay open in memory, so that a signature costs little more than its own work. */
  openKey(name: string, record: VersionRecord): KeyObject
  /** Runs `change` alone; resolves once it is on the disk. A throw inside, before the first write, changes nothing. */
  commit<T>(change: (write: KeyWriter) => T): Promise<T>
}

type KeyWriter = {
  name(name: string): NameRecord | undefined
  version(name: string, version: string): VersionRecord | undefined
  putName(record: NameRecord): void
  putVersion(name: string, record: VersionRecord): void
  addVersion(name: string, record: VersionRecord, secret: Uint8Array): void
  purge(name: string): void
}

export type Store = { keysOf(vault: string): KeyStore; close(): Promise<void> }

/** Opens the store in `<data>/store`. `overlappingSync: false` makes every commit wait for fsync before it is acknowledged. */
export function openStore(dataFolder: string): Store {
  const path = join(dataFolder, 'store')
  const opened = openedKeys()
  const masterKey = readOrCreateMasterKey(dataFolder, existsSync(path))
  mkdirSync(path, { recursive: true, mode: 0o700 })
  const root = open({ path, overlappingSync: false, maxDbs: 8 })
  const names = root.openDB<NameRecord, string>({ name: 'names' })
  const versions = root.openDB<VersionRecord, string>({ name: 'versions' })
  const secrets = root.openDB<Buffer, string>({ name: 'secrets', encoding: 'binary' })

  function keysOf(vault: string): KeyStore {
    const nameKey = (name: string) => `${vault}/${name.toLowerCase()}`
    const versionKey = (name: string, version: string) => `${nameKey(name)}/${version}`
    const readName = (name: string) => names.get(nameKey(name))
    const readVersion = (name: string, version: string) => versions.get(versionKey(name, version))

    const writer: KeyWriter = {
      name: readName,
      version: readVersion,
      putName: (record) => void names.put(nameKey(record.name), record),
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
      commit: (change) => root.transaction(() => change(writer)),
    }
  }

  return { keysOf, close: () => root.close() }
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
