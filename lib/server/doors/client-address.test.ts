import { describe, expect, it } from 'vitest'
import { clientAddress, networkOf, trustedProxies } from './client-address'

const nobody = trustedProxies(undefined)
const proxies = trustedProxies('127.0.0.1, 10.0.0.0/8, ::1')

describe('where a request came from', () => {
  it.each([
    ['the peer, whatever it claims', '203.0.113.9', '198.51.100.1', nobody, '203.0.113.9'],
    ['the peer on this machine, where no proxy is set', '127.0.0.1', '198.51.100.1', nobody, '127.0.0.1'],
    ['the peer, where it is none of the proxies', '203.0.113.9', '198.51.100.1', proxies, '203.0.113.9'],
    ['what a proxy saw', '127.0.0.1', '198.51.100.1', proxies, '198.51.100.1'],
    [
      'what the proxy saw, not what was claimed to it',
      '127.0.0.1',
      '192.0.2.66, 198.51.100.1',
      proxies,
      '198.51.100.1',
    ],
    [
      'what the outermost of several proxies saw',
      '127.0.0.1',
      '192.0.2.66, 198.51.100.1, 10.1.2.3',
      proxies,
      '198.51.100.1',
    ],
    ['the last that can be read', '127.0.0.1', '198.51.100.1, unknown', proxies, '127.0.0.1'],
    ['the proxy, where it says nothing', '127.0.0.1', undefined, proxies, '127.0.0.1'],
    ['a proxy inside a network of proxies', '::1', '10.0.0.7', proxies, '10.0.0.7'],
    ['an IPv4 address as itself', '::ffff:203.0.113.9', undefined, nobody, '203.0.113.9'],
    ['an address without its port', '127.0.0.1', '198.51.100.1:4711', proxies, '198.51.100.1'],
    ['an IPv6 address without its brackets', '127.0.0.1', '[2001:db8::1]:443', proxies, '2001:db8::1'],
    ['nothing to tell', undefined, '198.51.100.1', proxies, 'unknown'],
  ])('is %s', (_title, peer, forwardedFor, isTrusted, address) => {
    expect(clientAddress(peer, forwardedFor, isTrusted)).toBe(address)
  })

  it('never holds what was typed into a header', () => {
    expect(clientAddress('127.0.0.1', "'; DROP TABLE session --", proxies)).toBe('127.0.0.1')
  })
})

describe('who shares an allowance', () => {
  it.each([
    ['203.0.113.9', '203.0.113.9'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002::9', '2001:db8:1:2::/64'],
    ['2001:db8::9', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['unknown', 'unknown'],
  ])('%s belongs to %s', (address, network) => {
    expect(networkOf(address)).toBe(network)
  })
})
