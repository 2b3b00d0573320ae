import 'server-only'
import { BlockList, isIP, isIPv4 } from 'node:net'

/** Set by the front on every request, whatever came in under this name. */
export const ADDRESS_HEADER = 'x-drawbridge-address'

/** The reverse proxies whose X-Forwarded-For is believed: addresses and networks (`10.0.0.0/8`), as DRAWBRIDGE_TRUSTED_PROXIES lists them. */
export function trustedProxies(listed: string | undefined): (address: string) => boolean {
  const list = new BlockList()
  for (const entry of (listed ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)) {
    const [address = '', prefix] = entry.split('/')
    const family = isIPv4(address) ? 'ipv4' : 'ipv6'
    list.addSubnet(address, prefix === undefined ? (family === 'ipv4' ? 32 : 128) : Number(prefix), family)
  }
  return (address) => list.check(address, isIPv4(address) ? 'ipv4' : 'ipv6')
}

/**
 * Where a request came from: the socket's peer; and only where that is a trusted proxy, what it says was its own peer, and
 * so on. What stands further left in X-Forwarded-For was written by whoever asked, and is never read.
 */
export function clientAddress(
  peer: string | undefined,
  forwardedFor: string | undefined,
  isTrusted: (address: string) => boolean,
): string {
  let address = plainAddress(peer ?? '') ?? 'unknown'
  const named = (forwardedFor ?? '').split(',')
  while (address !== 'unknown' && isTrusted(address)) {
    const before = plainAddress(named.pop() ?? '')
    if (!before) break
    address = before
  }
  return address
}

/** One spelling of an address: no brackets, no port, no zone, IPv4 as itself where it comes mapped into IPv6. */
function plainAddress(text: string): string | undefined {
  const bare = text
    .trim()
    .replace(/^\[(.*)\](?::\d+)?$/, '$1')
    .replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, '$1')
    .replace(/%.*$/, '')
    .toLowerCase()
  const mapped = /^(?:::ffff:|0:0:0:0:0:ffff:)(\d+\.\d+\.\d+\.\d+)$/.exec(bare)?.[1]
  const address = mapped ?? bare
  return isIP(address) === 0 ? undefined : address
}

/** What one subscriber holds: an IPv4 address, or the first 64 bits of an IPv6 one. For allowances. */
export function networkOf(address: string): string {
  if (isIP(address) !== 6) return address
  const [head = '', tail = ''] = address.split('::')
  const [left, right] = [head.split(':').filter(Boolean), tail.split(':').filter(Boolean)]
  const middle = address.includes('::') ? Array<string>(Math.max(0, 8 - left.length - right.length)).fill('0') : []
  const groups = [...left, ...middle, ...right].slice(0, 4)
  return `${groups.map((group) => group.replace(/^0+(?=.)/, '')).join(':')}::/64`
}
