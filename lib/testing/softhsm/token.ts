import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isMainThread } from 'node:worker_threads'
import type { Handle, PKCS11 } from 'pkcs11js'
import { findSoftHsm, type Pkcs11Module } from './find-softhsm'

/** An open session with a token, logged in. Keys live as long as the session. */
export interface Token {
  pkcs11js: Pkcs11Module
  module: PKCS11
  session: Handle
  close: () => void
}

/**
 * Makes a fresh SoftHSM2 token in a folder and logs in. SoftHSM2 reads its configuration from the environment of the
 * process, so that a process has one open token at a time, and worker threads can't have one.
 */
export async function openToken(folder: string): Promise<Token> {
  const search = await findSoftHsm()
  if (!search.found) throw new Error(search.reason)
  if (!isMainThread) throw new Error('SoftHSM2 is configured by the environment, which a worker thread can’t set')
  configure(folder)
  const { pkcs11js, library } = search.softHsm
  const module = new pkcs11js.PKCS11()
  module.load(library)
  module.C_Initialize()
  const session = initialise(pkcs11js, module)
  const close = () => {
    module.C_CloseSession(session)
    module.C_Finalize()
    module.close()
  }
  return { pkcs11js, module, session, close }
}

function configure(folder: string): void {
  const tokens = path.join(folder, 'tokens')
  mkdirSync(tokens, { recursive: true, mode: 0o700 })
  const configuration = path.join(folder, 'softhsm2.conf')
  writeFileSync(configuration, `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`)
  process.env.SOFTHSM2_CONF = configuration
}

function initialise(pkcs11js: Pkcs11Module, module: PKCS11): Handle {
  const [empty] = module.C_GetSlotList(true)
  if (empty === undefined) throw new Error('SoftHSM2 shows no slot')
  const [officerPin, userPin] = [randomBytes(8).toString('hex'), randomBytes(8).toString('hex')]
  module.C_InitToken(empty, officerPin, 'ceremony')
  // SoftHSM2 moves an initialised token to a slot of its own; the empty one stays last.
  const [slot] = module.C_GetSlotList(true)
  if (slot === undefined) throw new Error('SoftHSM2 lost its slot')
  const session = module.C_OpenSession(slot, pkcs11js.CKF_SERIAL_SESSION | pkcs11js.CKF_RW_SESSION)
  module.C_Login(session, pkcs11js.CKU_SO, officerPin)
  module.C_InitPIN(session, userPin)
  module.C_Logout(session)
  module.C_Login(session, pkcs11js.CKU_USER, userPin)
  return session
}
