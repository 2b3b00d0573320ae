import { execFileSync } from 'node:child_process'
import { chmodSync } from 'node:fs'
import path from 'node:path'

export interface CertificateFiles {
  cert: string
  key: string
}

/** A self-signed certificate and its key as PEM files in a folder, by OpenSSL, as an administrator would make one. */
export function makeCertificate(folder: string, name = 'tls', { host = 'localhost' } = {}): CertificateFiles {
  const [cert, key] = [path.join(folder, `${name}.crt`), path.join(folder, `${name}.key`)]
  const subject = ['-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host},IP:127.0.0.1`]
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes']
  execFileSync('openssl', ['req', '-x509', ...kind, '-keyout', key, '-out', cert, '-days', '2', ...subject], {
    stdio: 'ignore',
  })
  chmodSync(key, 0o600)
  return { cert, key }
}
