import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import net from 'node:net'
import path from 'node:path'
import { makeCertificate } from '@/lib/testing/tls/make-certificate'
import { findNginx } from '../lib/prerequisites.mjs'

const DOCUMENTED = 'scripts/container/nginx.conf'

export interface Proxy {
  port: number
  stop: () => Promise<void>
}

const replaced = (text: string, pattern: RegExp, by: string): string => {
  if (!pattern.test(text)) throw new Error(`${DOCUMENTED} has no ${pattern}`)
  return text.replace(pattern, by)
}

/** The documented file with this run's places in it: consoles, port, certificate. */
function siteFor(ports: readonly number[], port: number, { cert, key }: { cert: string; key: string }): string {
  let site = readFileSync(DOCUMENTED, 'utf8')
  for (const [index, consolePort] of ports.entries())
    site = replaced(site, new RegExp(`server console-${index + 1}:3000`), `server 127.0.0.1:${consolePort}`)
  site = replaced(site, /listen 443 ssl/, `listen 127.0.0.1:${port} ssl`)
  site = replaced(site, /ssl_certificate \S+;/, `ssl_certificate ${cert};`)
  return replaced(site, /ssl_certificate_key \S+;/, `ssl_certificate_key ${key};`)
}

/** Everything that nginx writes stays in the folder; one process, in the foreground. */
function mainFor(folder: string, site: string): string {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((name) => `  ${name}_temp_path ${path.join(folder, name)};`)
    .join('\n')
  return `daemon off;
master_process off;
pid ${path.join(folder, 'nginx.pid')};
error_log ${path.join(folder, 'error.log')} warn;
events { worker_connections 512; }
http {
  access_log off;
${temporary}
  include ${site};
}
`
}

/** nginx before these consoles, by the file that is documented. */
export async function startNginx(parent: string, ports: readonly number[], port: number): Promise<Proxy> {
  const program = findNginx()
  if (!program) throw new Error('nginx is not installed: apt-get install nginx')
  const folder = path.join(parent, 'nginx')
  mkdirSync(folder, { recursive: true })
  const certificate = makeCertificate(folder, 'drawbridge', { host: '127.0.0.1' })
  const site = path.join(folder, 'drawbridge.conf')
  const main = path.join(folder, 'nginx.conf')
  writeFileSync(site, siteFor(ports, port, certificate))
  writeFileSync(main, mainFor(folder, site))
  const child = spawn(program, ['-p', folder, '-e', path.join(folder, 'error.log'), '-c', main], { stdio: 'ignore' })
  await untilListening(child, port, path.join(folder, 'error.log'))
  return { port, stop: () => ended(child, 'SIGTERM') }
}

async function untilListening(child: ChildProcess, port: number, log: string): Promise<void> {
  const deadline = Date.now() + 20_000
  while (!(await connects(port))) {
    if (child.exitCode !== null || Date.now() > deadline)
      throw new Error(`nginx did not start: ${existsSync(log) ? readFileSync(log, 'utf8') : 'no log'}`)
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
}

function connects(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

export function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (child.exitCode !== null || child.signalCode !== null) return resolve()
    child.once('exit', () => resolve())
    child.kill(signal)
  })
}
