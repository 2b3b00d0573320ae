import 'server-only'
import { createCredential } from '@/lib/providers/azure/credential'
import { env, secretFromEnvironment } from '../env'
import { analyticsSource } from './analytics-source'
import { folderSource } from './folder-source'
import type { LogQuery, LogSource } from './log-source'
import { storageSource } from './storage-source'

/** Where this installation's logs lie, by its settings. */
export function logSources(): (LogSource | LogQuery)[] {
  const { local, folder, storage } = env().logs
  const folders = new Set([local, folder].filter((each) => each !== undefined))
  return [...[...folders].map(folderSource), ...(storage === undefined ? [] : [storageSource(storage)]), ...workspace()]
}

let known: LogQuery | undefined

/** One for the process: it keeps its token, and how long it was told to wait. */
function workspace(): LogQuery[] {
  const { analytics } = env().logs
  if (analytics === undefined) return []
  const credential = createCredential({ type: 'default' }, analytics.endpoint, { setting: secretFromEnvironment })
  known ??= analyticsSource({ ...analytics, credential })
  return [known]
}
