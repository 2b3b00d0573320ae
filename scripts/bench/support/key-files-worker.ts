// Inside Chromium's worker: what the key worker does with one file, by the same code, and the bare cryptography beside it.
import { readKeyFile } from '@/lib/crypto/key-file/read-key-file'
import { sealTransferBlob } from '@/lib/crypto/seal'
import { jwkToSpki } from '@/lib/crypto/spki'

export type KeyFileJob =
  | { job: 'seal'; file: Uint8Array<ArrayBuffer>; passphrase?: Uint8Array<ArrayBuffer>; times: number }
  | { job: 'derive'; iterations: number; times: number }

export interface KeyFileDone {
  /** Milliseconds of each time. */
  took: number[]
}

const kekKid = 'https://kv.vault.azure.net/keys/kek/0123456789abcdef0123456789abcdef'
// A modulus of 4096 bits suffices: nobody opens these blobs.
const kekSpki = jwkToSpki({ kty: 'RSA', n: `${'_'.repeat(682)}8`, e: 'AQAB' })

async function seal(file: Uint8Array<ArrayBuffer>, passphrase?: Uint8Array<ArrayBuffer>): Promise<void> {
  const read = await readKeyFile(file, passphrase ? { passphrase } : {})
  const [key] = read.result === 'keys' ? read.keys : []
  if (!key) throw new Error(read.result === 'refused' ? read.remedy : read.result)
  const blob = await sealTransferBlob({ kekSpki, kekKid, plaintext: key.material, generator: 'bench' })
  if (blob.length < 700) throw new Error('the blob is too short to be one')
}

/** PBKDF2 with HMAC-SHA-256 for a key of 256 bits, and nothing else. */
async function derive(iterations: number): Promise<void> {
  const password = await crypto.subtle.importKey('raw', new Uint8Array(16), 'PBKDF2', false, ['deriveBits'])
  await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array(16), iterations },
    password,
    256,
  )
}

async function perform(job: KeyFileJob): Promise<KeyFileDone> {
  const took: number[] = []
  for (let time = 0; time < job.times; time++) {
    const began = performance.now()
    await (job.job === 'seal' ? seal(Uint8Array.from(job.file), job.passphrase) : derive(job.iterations))
    took.push(performance.now() - began)
  }
  return { took }
}

self.onmessage = ({ data }: MessageEvent<KeyFileJob>) => {
  perform(data).then(
    (done) => self.postMessage({ done }),
    (cause: unknown) => self.postMessage({ failure: String(cause) }),
  )
}
