import { expect, it } from 'vitest'
import { placeOfAuthority } from './authority-address'

const local = 'http://127.0.0.1:20001'
const cloud = 'https://contoso.vault.azure.net'

it.each([
  ['https://sharedweu.weu.attest.azure.net', cloud, 'https'],
  ['https://sharedweu.weu.attest.azure.net', local, 'https'],
  ['https://sharedweu.weu.attest.azure.net', null, 'https'],
  ['http://127.0.0.1:20002', local, 'this-machine'],
  ['http://[::1]:20002/', local, 'this-machine'],
  ['http://127.0.0.1:20002', cloud, 'refused'],
  ['http://127.0.0.1:20002', null, 'refused'],
  ['http://127.0.0.1.attacker.example', local, 'refused'],
  ['http://127.0.0.1@attacker.example', local, 'refused'],
  ['http://attest.example', local, 'refused'],
  ['ftp://127.0.0.1', local, 'refused'],
  ['sharedweu.weu.attest.azure.net', local, 'refused'],
  ['', local, 'refused'],
])('the authority %j of a policy for %j is %s', (authority, vault, place) => {
  expect(placeOfAuthority(authority, vault)).toBe(place)
})
