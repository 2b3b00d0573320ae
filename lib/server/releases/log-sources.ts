import 'server-only'
import { env } from '../env'
import { folderSource } from './folder-source'
import type { LogSource } from './log-source'
import { storageSource } from './storage-source'

/** Where this installation's logs lie, by its settings. */
export function logSources(): LogSource[] {
  const { local, folder, storage } = env().logs
  const folders = new Set([local, folder].filter((each) => each !== undefined))
  return [...[...folders].map(folderSource), ...(storage === undefined ? [] : [storageSource(storage)])]
}
