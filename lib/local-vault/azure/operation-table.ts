import type { OperationName } from './match-route'
import { attestKey } from './operations/attest-key'
import { backupKey } from './operations/backup-key'
import { createKey } from './operations/create-key'
import { deleteKey } from './operations/delete-key'
import { getDeleted } from './operations/get-deleted'
import { getKey } from './operations/get-key'
import { getRandomBytes } from './operations/get-random-bytes'
import { getRotationPolicy } from './operations/get-rotation-policy'
import { importKey } from './operations/import-key'
import { listDeleted } from './operations/list-deleted'
import { listKeys } from './operations/list-keys'
import { listVersions } from './operations/list-versions'
import { purgeKey } from './operations/purge-key'
import { recoverKey } from './operations/recover-key'
import { releaseKey } from './operations/release-key'
import { restoreKey } from './operations/restore-key'
import { rotateKey } from './operations/rotate-key'
import { decrypt, encrypt, unwrapKey, wrapKey } from './operations/run-cipher'
import { setRotationPolicy } from './operations/set-rotation-policy'
import { signDigest, verifyDigest } from './operations/sign-digest'
import { updateKey } from './operations/update-key'
import type { Handler } from './vault-call'

/** `logged`: mutating and cryptographic calls go to the acknowledged log; reads do not. What a caller needs: `operationRights`. */
export const operationTable: Record<OperationName, { handle: Handler; logged: boolean }> = {
  create: { handle: createKey, logged: true },
  import: { handle: importKey, logged: true },
  get: { handle: getKey, logged: false },
  update: { handle: updateKey, logged: true },
  list: { handle: listKeys, logged: false },
  'list-versions': { handle: listVersions, logged: false },
  delete: { handle: deleteKey, logged: true },
  'list-deleted': { handle: listDeleted, logged: false },
  'get-deleted': { handle: getDeleted, logged: false },
  recover: { handle: recoverKey, logged: true },
  purge: { handle: purgeKey, logged: true },
  rotate: { handle: rotateKey, logged: true },
  'get-rotation-policy': { handle: getRotationPolicy, logged: false },
  'set-rotation-policy': { handle: setRotationPolicy, logged: true },
  backup: { handle: backupKey, logged: true },
  restore: { handle: restoreKey, logged: true },
  sign: { handle: signDigest, logged: true },
  verify: { handle: verifyDigest, logged: true },
  encrypt: { handle: encrypt, logged: true },
  decrypt: { handle: decrypt, logged: true },
  wrapkey: { handle: wrapKey, logged: true },
  unwrapkey: { handle: unwrapKey, logged: true },
  'random-bytes': { handle: getRandomBytes, logged: true },
  attestation: { handle: attestKey, logged: false },
  release: { handle: releaseKey, logged: true },
}
