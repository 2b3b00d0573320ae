import { findSoftHsm } from '../softhsm/find-softhsm'

/** Whether a PKCS#11 token can be had. Where it can't, what is skipped is said by name; under `CI=true` that is a failure. */
export async function tokenAvailable(what: string): Promise<boolean> {
  const search = await findSoftHsm()
  if (search.found) return true
  if (process.env.CI === 'true') throw new Error(`${what} needs SoftHSM2: ${search.reason}`)
  console.warn(`SKIPPED: ${what}: ${search.reason}`)
  return false
}
