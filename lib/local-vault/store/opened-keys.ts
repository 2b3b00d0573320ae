import { createPrivateKey, createSecretKey, type KeyObject } from 'node:crypto'
import type { PublicPart } from './records'

/** Enough for what a busy installation uses by turns; an RSA-4096 key takes some 10 KB. */
const mostOpen = 256

export type OpenedKeys = {
  /** The key at that place in the store, opened with what `readSecret` gives if it isn't open. The secret is wiped. */
  get(place: string, publicPart: PublicPart, readSecret: () => Buffer): KeyObject
  forget(place: string): void
}

/** The private keys used last. A version's key never changes, so an entry is never stale; who may use it is asked before. */
export function openedKeys(most = mostOpen): OpenedKeys {
  /** A Map keeps the order of insertion: the first is the one that was not used for longest. */
  const keys = new Map<string, KeyObject>()
  return {
    get(place, publicPart, readSecret) {
      const key = keys.get(place) ?? open(publicPart, readSecret())
      keys.delete(place)
      keys.set(place, key)
      const [oldest] = keys.keys()
      if (keys.size > most && oldest !== undefined) keys.delete(oldest)
      return key
    },
    forget: (place) => void keys.delete(place),
  }
}

function open({ family }: PublicPart, secret: Buffer): KeyObject {
  try {
    return family === 'oct' ? createSecretKey(secret) : createPrivateKey({ key: secret, format: 'der', type: 'pkcs8' })
  } finally {
    secret.fill(0)
  }
}
