import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { CertificateFiles } from '@/lib/testing/tls/make-certificate'

const NGINX = ['/usr/sbin/nginx', '/usr/bin/nginx'].find((file) => existsSync(file))

export const hasNginx = NGINX !== undefined

/** The reverse proxy that README.md shows, word for word but for its names, ports and files. */
function serverBlock(port: number, consolePort: number, { cert, key }: CertificateFiles): string {
  const readme = readFileSync(path.join(import.meta.dirname, '../../README.md'), 'utf8')
  const block = /```nginx\n([\s\S]*?)```/.exec(readme)?.[1]
  if (!block) throw new Error('README.md shows no nginx')
  return (
    block
      .replace('listen 443 ssl', `listen 127.0.0.1:${port} ssl`)
      .replace('drawbridge.example.com', 'localhost')
      .replace('/etc/drawbridge/fullchain.pem', cert)
      .replace('/etc/drawbridge/privkey.pem', key)
      .replace('127.0.0.1:3000', `127.0.0.1:${consolePort}`)
      // A port that is not https' own stands in the Host.
      .replace('Host $host', 'Host $http_host')
  )
}

export async function startNginx(
  folder: string,
  { port, consolePort, files }: { port: number; consolePort: number; files: CertificateFiles },
): Promise<{ stop: () => Promise<void> }> {
  const config = path.join(folder, 'nginx.conf')
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${folder}/${name};`,
  )
  writeFileSync(
    config,
    `daemon off; pid ${folder}/nginx.pid; error_log ${folder}/error.log; events {}
     http { access_log off; ${temporary.join(' ')} ${serverBlock(port, consolePort, files)} }`,
  )
  const child = spawn(NGINX ?? 'nginx', ['-p', folder, '-c', config, '-e', path.join(folder, 'error.log')], {
    stdio: 'ignore',
  })
  process.once('exit', () => child.kill('SIGTERM'))
  return {
    stop: async () => {
      const exited = once(child, 'exit')
      child.kill('SIGTERM')
      await exited
    },
  }
}
