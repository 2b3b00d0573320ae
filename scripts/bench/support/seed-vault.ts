import { generateKeyPairSync } from 'node:crypto'
import { openStore } from '@/lib/local-vault/store/key-store'
import type { KeyType, PublicPart, RotationRecord, VersionRecord } from '@/lib/local-vault/store/records'

// A program of `npm run bench`: fills the store of a local vault that is not running, past its HTTP face: <data folder> <keys>.
// Every key has three versions; one in ten is RSA, one in fifty lies deleted, one in fifty has a rotation policy. The material
// comes from a pool of real keys, sealed anew for every version, so that each of them can be used.

type Material = { kty: KeyType; publicPart: PublicPart; secret: Buffer }

const VERSIONS = 3
const NAMES_PER_COMMIT = 2000
const FAR_AHEAD = 80 * 86_400

const [dataFolder = '', keys = ''] = process.argv.slice(2)
const now = Math.floor(Date.now() / 1000)

function makeEc(): Material {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const { x = '', y = '' } = privateKey.export({ format: 'jwk' })
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' })
  return { kty: 'EC-HSM', publicPart: { family: 'EC', curve: 'P-256', x, y }, secret }
}

function makeRsa(): Material {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { n = '', e = '' } = privateKey.export({ format: 'jwk' })
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' })
  return { kty: 'RSA-HSM', publicPart: { family: 'RSA', bits: 2048, n, e }, secret }
}

const pool = Array.from({ length: 100 }, (_unused, at) => (at % 10 === 0 ? makeRsa() : makeEc()))

function materialOf(at: number): Material {
  const material = pool[at % pool.length]
  if (!material) throw new Error('the pool is empty')
  return material
}

function recordOf({ kty, publicPart }: Material, at: number, version: string): VersionRecord {
  const made = {
    kty,
    publicPart,
    keyOps: ['sign', 'verify'],
    enabled: true,
    nbf: null,
    exp: null,
    created: now,
    updated: now,
  }
  return {
    version,
    ...made,
    exportable: false,
    releasePolicy: null,
    tags: { team: `team-${at % 40}`, number: String(at) },
  }
}

const policy: RotationRecord = {
  policy: { rotate: { timeAfterCreate: 'P80D' }, notify: null, expiryTime: null },
  created: now,
  updated: now,
  due: { rotate: now + FAR_AHEAD, notify: null },
  notified: null,
}
const deletion = { deletedDate: now, scheduledPurgeDate: now + FAR_AHEAD }

const versionOf = (at: number, nth: number) => (at * VERSIONS + nth).toString(16).padStart(32, '0')

const store = await openStore(dataFolder)
const vault = store.keysOf('local-vault')
for (let first = 0; first < Number(keys); first += NAMES_PER_COMMIT) {
  await vault.commit((write) => {
    for (let at = first; at < Math.min(first + NAMES_PER_COMMIT, Number(keys)); at += 1) {
      const name = `key-${String(at).padStart(6, '0')}`
      const material = materialOf(at)
      for (let nth = 0; nth < VERSIONS; nth += 1)
        write.addVersion(name, recordOf(material, at, versionOf(at, nth)), Buffer.from(material.secret))
      write.putName({ name, latest: versionOf(at, VERSIONS - 1), deletion: at % 50 === 7 ? deletion : null })
      if (at % 50 === 9) write.putRotation(name, policy)
    }
  })
}
await store.close()
