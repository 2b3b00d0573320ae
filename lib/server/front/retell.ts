import 'server-only'
import type { IncomingMessage } from 'node:http'
import { ADDRESS_HEADER, clientAddress } from '../doors/client-address'
import type { House } from './house'

/** Names by which somebody could tell the layers behind another story than the request itself. */
const STRANGERS =
  /^(?:forwarded|x-forwarded-.*|x-real-ip|x-original-.*|x-rewrite-url|x-http-method.*|x-method-override|x-middleware-.*|x-invoke-.*|x-matched-path|x-now-.*|x-vercel-.*|x-nextjs-data|x-nextjs-rewrit.*|x-drawbridge-(?!poll$).*)$/

/**
 * What the layers behind are told: the public origin, whatever Host or X-Forwarded-Host came in, and where the request
 * really came from. Next compares an action's Origin with these, and would believe what was sent.
 */
export function retell(req: IncomingMessage, { publicUrl, isTrustedProxy }: House): void {
  const forwardedFor = req.headers['x-forwarded-for']
  const named = Array.isArray(forwardedFor) ? forwardedFor.join(',') : forwardedFor
  const address = clientAddress(req.socket.remoteAddress, named, isTrustedProxy)
  for (const name of Object.keys(req.headers)) if (STRANGERS.test(name)) delete req.headers[name]
  const protocol = publicUrl.protocol.replace(':', '')
  Object.assign(req.headers, {
    host: publicUrl.host,
    'x-forwarded-host': publicUrl.host,
    'x-forwarded-proto': protocol,
    'x-forwarded-port': publicUrl.port || (protocol === 'https' ? '443' : '80'),
    'x-forwarded-for': address,
    [ADDRESS_HEADER]: address,
  })
}
