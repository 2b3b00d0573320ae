import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import next from 'next'
import { trustedProxies } from '../doors/client-address'
import { EnvError, env } from '../env'
import { captureConsole } from '../log/capture-console'
import { placesOf } from '../log/failure-places'
import { log } from '../log/log'
import { createFront } from './create-front'
import { readRoutePatterns } from './route-patterns'

// A program, the console itself: Next behind the front. Database, jobs and the end on signals are Next's instrumentation's,
// lib/server/boot.ts.

async function serve(): Promise<void> {
  captureConsole() // before Next says its first word
  const { host, port, publicUrl, tls, trustedProxies: listed } = env()
  const app = next({
    dev: false,
    dir: '.',
    hostname: host,
    port,
    quiet: true,
    // Next would listen for protocol upgrades on the server that it is given; nothing here upgrades.
    httpServer: createServer(),
  })
  await app.prepare()
  const front = createFront({
    house: { publicUrl: new URL(publicUrl), isTrustedProxy: trustedProxies(listed) },
    tls: tls && { cert: readFileSync(tls.cert), key: readFileSync(tls.key) },
    handle: app.getRequestHandler(),
    patternOf: readRoutePatterns('.next/routes-manifest.json'),
  })
  front.listen(port, host)
  front.once('error', fail)
}

function fail(error: unknown): void {
  const words = error instanceof EnvError ? error.message : undefined
  log('error', 'start-failed', { where: 'front', ...placesOf(error), ...(words ? { words } : {}) })
  process.exit(1)
}

serve().catch(fail)
