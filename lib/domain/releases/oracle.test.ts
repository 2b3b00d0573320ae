import { describe, expect, it } from 'vitest'
import { evaluatePolicy } from './evaluate-policy'
import type { JsonObject } from './json-object'
import { parseReleasePolicy } from './parse-policy'
import type { PolicyProblemCode } from './policy-problem'

/*
 * The oracle: what a policy must say about a token. Every row is written by hand from Microsoft's policy grammar, attestation
 * token samples and recorded answers, none is made by the code it tests. Where the sources disagree, contradictions.ts says
 * which was followed.
 */

const maa = 'https://sharedweu.weu.attest.azure.net'
const other = 'https://sharedeus.eus.attest.azure.net'

/** A confidential VM's token as applications get it: the machine's own claims are one level down. */
const cvm = {
  iss: maa,
  secureboot: true,
  'x-ms-attestation-type': 'azurevm',
  'x-ms-azurevm-attested-pcrs': [0, 1, 2],
  'x-ms-azurevm-osversion-major': 22,
  'x-ms-isolation-tee': {
    'x-ms-attestation-type': 'sevsnpvm',
    'x-ms-compliance-status': 'azure-compliant-cvm',
    'x-ms-sevsnpvm-is-debuggable': false,
    'x-ms-runtime': { 'vm-configuration': { 'secure-boot': true, 'console-enabled': false } },
  },
}
/** The same as disk encryption gets it: on top. */
const disk = {
  iss: maa,
  'x-ms-attestation-type': 'sevsnpvm',
  'x-ms-compliance-status': 'azure-compliant-cvm',
  'x-ms-sevsnpvm-vmpl': 0,
}
const aci = {
  iss: maa,
  'x-ms-attestation-type': 'sevsnpvm',
  'x-ms-compliance-status': 'azure-compliant-uvm',
  'x-ms-sevsnpvm-hostdata': '73973b78d70cc68353426de188db5dfc57e5b766e399935fb73a61127ea26d20',
  'x-ms-sevsnpvm-is-debuggable': false,
  'x-ms-sevsnpvm-vmpl': 0,
}
const sgx = {
  iss: maa,
  'x-ms-attestation-type': 'sgx',
  'x-ms-sgx-is-debuggable': false,
  'x-ms-sgx-mrsigner': 'dbb1eb8a',
  'x-ms-sgx-mrenclave': 'e31c9e50',
  'x-ms-sgx-product-id': 1,
  'x-ms-sgx-svn': 2,
}

type Verdict = 'allow' | 'deny' | PolicyProblemCode
type Row = [what: string, policy: unknown, claims: JsonObject, verdict: Verdict]

const policy = (...anyOf: unknown[]) => ({ version: '1.0.0', anyOf })
const all = (...allOf: unknown[]) => policy({ authority: maa, allOf })
const any = (...anyOf: unknown[]) => policy({ authority: maa, anyOf })
const claim = (name: string, equals: unknown) => ({ claim: name, equals })
const tee = (name: string, equals: unknown) => claim(`x-ms-isolation-tee.${name}`, equals)

const nested = (depth: number): unknown =>
  depth === 0 ? claim('secureboot', true) : { [depth % 2 ? 'anyOf' : 'allOf']: [nested(depth - 1)] }

const documented: Row[] = [
  [
    'the documented policy for applications meets their token',
    all(tee('x-ms-attestation-type', 'sevsnpvm'), tee('x-ms-compliance-status', 'azure-compliant-cvm')),
    cvm,
    'allow',
  ],
  [
    'the default policy for disks meets theirs',
    policy({
      authority: `${maa}/`,
      allOf: [claim('x-ms-attestation-type', 'sevsnpvm'), claim('x-ms-compliance-status', 'azure-compliant-cvm')],
    }),
    disk,
    'allow',
  ],
  [
    'a policy for applications is not met by a disk’s token',
    all(tee('x-ms-attestation-type', 'sevsnpvm')),
    disk,
    'deny',
  ],
  ['nor a disk’s policy by an application’s', all(claim('x-ms-attestation-type', 'sevsnpvm')), cvm, 'deny'],
  [
    'containers by their policy’s hash',
    all(
      claim('x-ms-sevsnpvm-hostdata', '73973b78d70cc68353426de188db5dfc57e5b766e399935fb73a61127ea26d20'),
      claim('x-ms-compliance-status', 'azure-compliant-uvm'),
      claim('x-ms-sevsnpvm-is-debuggable', 'false'),
      claim('x-ms-sevsnpvm-vmpl', '0'),
    ),
    aci,
    'allow',
  ],
  [
    'another container’s hash',
    all(claim('x-ms-sevsnpvm-hostdata', '83973b78d70cc68353426de188db5dfc57e5b766e399935fb73a61127ea26d20')),
    aci,
    'deny',
  ],
  ['a machine where containers are wanted', all(claim('x-ms-compliance-status', 'azure-compliant-uvm')), disk, 'deny'],
  [
    'an enclave by signer and product',
    all(
      claim('x-ms-sgx-mrsigner', 'dbb1eb8a'),
      claim('x-ms-sgx-product-id', 1),
      claim('x-ms-sgx-is-debuggable', false),
    ),
    sgx,
    'allow',
  ],
  [
    'an enclave by signer or measurement',
    any(claim('x-ms-sgx-mrsigner', 'x'), claim('x-ms-sgx-mrenclave', 'e31c9e50')),
    sgx,
    'allow',
  ],
  [
    'the published sample "greater" has no operator that is met',
    all({ claim: 'x-ms-sgx-svn', greater: 1 }),
    sgx,
    'deny',
  ],
]

const authorities: Row[] = [
  ['another authority’s token', policy({ authority: other, allOf: [claim('secureboot', true)] }), cvm, 'deny'],
  [
    'the second of two authorities',
    policy(
      { authority: other, allOf: [claim('secureboot', true)] },
      { authority: maa, allOf: [claim('secureboot', true)] },
    ),
    cvm,
    'allow',
  ],
  [
    'claims met for one authority, and the token from the other',
    policy(
      { authority: other, allOf: [claim('secureboot', true)] },
      { authority: maa, allOf: [claim('secureboot', false)] },
    ),
    cvm,
    'deny',
  ],
  [
    'the same authority twice: either will do',
    policy(
      { authority: maa, allOf: [claim('secureboot', false)] },
      { authority: maa, allOf: [claim('secureboot', true)] },
    ),
    cvm,
    'allow',
  ],
  [
    'a slash at the end of the authority',
    policy({ authority: `${maa}/`, allOf: [claim('secureboot', true)] }),
    cvm,
    'allow',
  ],
  ['a slash at the end of the issuer', all(claim('secureboot', true)), { ...cvm, iss: `${maa}/` }, 'allow'],
  ['two slashes', policy({ authority: `${maa}//`, allOf: [claim('secureboot', true)] }), cvm, 'deny'],
  [
    'an authority in capitals',
    policy({ authority: maa.toUpperCase(), allOf: [claim('secureboot', true)] }),
    cvm,
    'deny',
  ],
  [
    'http in place of https',
    policy({ authority: maa.replace('https', 'http'), allOf: [claim('secureboot', true)] }),
    cvm,
    'deny',
  ],
  ['an issuer that only begins like it', all(claim('secureboot', true)), { ...cvm, iss: `${maa}.example.com` }, 'deny'],
  ['an issuer with a path', all(claim('secureboot', true)), { ...cvm, iss: `${maa}/x` }, 'deny'],
  [
    'an authority that is no address',
    policy({ authority: 'my.attestation.com', allOf: [claim('mr-signer', '0123456789')] }),
    { iss: 'my.attestation.com', 'mr-signer': '0123456789' },
    'allow',
  ],
]

const comparisons: Row[] = [
  ['text', all(claim('x', 'a')), { x: 'a' }, 'allow'],
  ['text in another case', all(claim('x', 'A')), { x: 'a' }, 'deny'],
  ['text with a space behind it', all(claim('x', 'a ')), { x: 'a' }, 'deny'],
  ['a part of the text', all(claim('x', 'azure')), { x: 'azure-compliant-cvm' }, 'deny'],
  ['no wildcards', all(claim('x', '*')), { x: 'a' }, 'deny'],
  ['the empty text', all(claim('x', '')), { x: '' }, 'allow'],
  ['the same letter composed otherwise', all(claim('x', 'é')), { x: 'e\u0301' }, 'deny'],
  ['a number', all(claim('x', 2)), { x: 2 }, 'allow'],
  ['a number that is larger: equals is not at least', all(claim('x', 2)), { x: 3 }, 'deny'],
  ['a fraction', all(claim('x', 1.5)), { x: 1.5 }, 'allow'],
  ['zero', all(claim('x', 0)), { x: 0 }, 'allow'],
  ['true', all(claim('x', true)), { x: true }, 'allow'],
  ['false', all(claim('x', false)), { x: false }, 'allow'],
  ['true against false', all(claim('x', true)), { x: false }, 'deny'],
  ['the text "true" against true, as recorded', all(claim('sdk-test', 'true')), { 'sdk-test': true }, 'allow'],
  ['the text "true" against false', all(claim('x', 'true')), { x: false }, 'deny'],
  ['the text "True" against true', all(claim('x', 'True')), { x: true }, 'deny'],
  ['true against the text "true"', all(claim('x', true)), { x: 'true' }, 'deny'],
  ['the text "0" against 0', all(claim('x', '0')), { x: 0 }, 'allow'],
  ['the text "00" against 0', all(claim('x', '00')), { x: 0 }, 'deny'],
  ['0 against the text "0"', all(claim('x', 0)), { x: '0' }, 'deny'],
  ['1 against true', all(claim('x', 1)), { x: true }, 'deny'],
  ['0 against false', all(claim('x', 0)), { x: false }, 'deny'],
  ['the empty text against false', all(claim('x', '')), { x: false }, 'deny'],
  ['the text "null" against null', all(claim('x', 'null')), { x: null }, 'deny'],
  ['a list that holds the value', all(claim('x', 'a')), { x: ['a'] }, 'deny'],
  ['an object', all(claim('x', '[object Object]')), { x: {} }, 'deny'],
  ['no pattern: a dot is a dot', all(claim('x', 'a.c')), { x: 'abc' }, 'deny'],
  ['no pattern: anchors are letters', all(claim('x', '^a$')), { x: 'a' }, 'deny'],
  ['one and one point nothing are one number', all(claim('x', 1)), { x: 1.0 }, 'allow'],
  ['minus zero is zero', all(claim('x', 0)), { x: -0 }, 'allow'],
  ['the text "1.0" against 1', all(claim('x', '1.0')), { x: 1 }, 'deny'],
  ['the text "1e0" against 1', all(claim('x', '1e0')), { x: 1 }, 'deny'],
  ['the largest number that is exact', all(claim('x', 9007199254740991)), { x: 9007199254740991 }, 'allow'],
  ['a text with a byte-order mark before it', all(claim('x', 'a')), { x: '\ufeffa' }, 'deny'],
  ['a letter that only looks alike', all(claim('x', 'а')), { x: 'a' }, 'deny'],
  ['a text that ends in zero', all(claim('x', 'a')), { x: 'a\u0000' }, 'deny'],
  ['the empty text against a missing claim', all(claim('x', '')), {}, 'deny'],
  ['false against a missing claim', all(claim('x', false)), {}, 'deny'],
  ['a claim too large to be compared exactly', all(claim('x', '9007199254740992')), { x: 9007199254740992 }, 'deny'],
]

const paths: Row[] = [
  ['a missing claim is not met', all(claim('nothing', 'x')), cvm, 'deny'],
  ['a missing claim is not met by a value like "missing"', all(claim('nothing', 'undefined')), cvm, 'deny'],
  ['three levels down', all(tee('x-ms-runtime.vm-configuration.secure-boot', true)), cvm, 'allow'],
  ['false, three levels down', all(tee('x-ms-runtime.vm-configuration.console-enabled', false)), cvm, 'allow'],
  ['a path that goes on below a value', all(claim('secureboot.x', true)), cvm, 'deny'],
  ['a path that ends in an object', all(claim('x-ms-isolation-tee', 'sevsnpvm')), cvm, 'deny'],
  ['a list has no parts that could be named', all(claim('x-ms-azurevm-attested-pcrs.0', 0)), cvm, 'deny'],
  ['nor a length', all(claim('x-ms-azurevm-attested-pcrs.length', 3)), cvm, 'deny'],
  ['a text has no length', all(claim('x-ms-attestation-type.length', 7)), cvm, 'deny'],
  ['what every object inherits is no claim', all(claim('constructor.name', 'Object')), cvm, 'deny'],
  ['a claim whose own name holds a dot can’t be named', all(claim('a.b', 'x')), { 'a.b': 'x' }, 'deny'],
  ['names compare with case', all(claim('SecureBoot', true)), cvm, 'deny'],
  ['what objects inherit is no claim, at the top either', all(claim('toString', 'x')), cvm, 'deny'],
  ['a name with a blank before it', all(claim(' secureboot', true)), cvm, 'deny'],
  ['the issuer is a claim like others', all(claim('iss', maa)), cvm, 'allow'],
]

const combinations: Row[] = [
  ['allOf wants all', all(claim('a', 1), claim('b', 2)), { a: 1, b: 3 }, 'deny'],
  ['anyOf wants one', any(claim('a', 1), claim('b', 2)), { a: 0, b: 2 }, 'allow'],
  ['anyOf with none', any(claim('a', 1), claim('b', 2)), { a: 0, b: 0 }, 'deny'],
  [
    'a && (b || c), as documented: b',
    all(claim('a', 1), { anyOf: [claim('b', 1), claim('c', 1)] }),
    { a: 1, b: 1 },
    'allow',
  ],
  ['a && (b || c): neither', all(claim('a', 1), { anyOf: [claim('b', 1), claim('c', 1)] }), { a: 1 }, 'deny'],
  ['a && (b || c): not a', all(claim('a', 1), { anyOf: [claim('b', 1), claim('c', 1)] }), { b: 1, c: 1 }, 'deny'],
  [
    'a && (b || (c && d)), as documented: c and d',
    all(claim('a', 1), { anyOf: [claim('b', 1), { allOf: [claim('c', 1), claim('d', 1)] }] }),
    { a: 1, c: 1, d: 1 },
    'allow',
  ],
  [
    'a && (b || (c && d)): c alone',
    all(claim('a', 1), { anyOf: [claim('b', 1), { allOf: [claim('c', 1), claim('d', 1)] }] }),
    { a: 1, c: 1 },
    'deny',
  ],
  ['one claim with two values in one allOf is never met', all(claim('a', 1), claim('a', 2)), { a: 1 }, 'deny'],
  ['the grammar’s own spelling', policy({ authority: maa, allof: [{ anyof: [claim('a', 1)] }] }), { a: 1 }, 'allow'],
  ['notEquals is not met, even where it would hold', all({ claim: 'a', notEquals: 2 }), { a: 1 }, 'deny'],
  ['exists is not met', all({ claim: 'a', exists: true }), { a: 1 }, 'deny'],
  ['an operator in another case is another operator', all({ claim: 'a', Equals: 1 }), { a: 1 }, 'deny'],
  [
    'an unknown operator beside one that is met, in anyOf',
    any({ claim: 'a', less: 2 }, claim('b', 1)),
    { a: 1, b: 1 },
    'allow',
  ],
  [
    'an unknown operator beside one that is met, in allOf',
    all({ claim: 'a', less: 2 }, claim('b', 1)),
    { a: 1, b: 1 },
    'deny',
  ],
  ['as deep as can be', all(nested(15)), cvm, 'allow'],
]

const refused: Row[] = [
  [
    'of two members of one name the last counts, as JSON readers have it',
    `{"version":"1.0.0","anyOf":[{"authority":"${maa}","allOf":[{"claim":"a","equals":"x","equals":"y"}]}]}`,
    { a: 'y' },
    'allow',
  ],
  ['no JSON', '{"version":', {}, 'not-json'],
  ['a list', '[]', {}, 'not-an-object'],
  ['no version', { anyOf: [{ authority: maa, allOf: [claim('a', 1)] }] }, {}, 'version-missing'],
  [
    'the version that an HSM was recorded to take',
    { version: '1.0', anyOf: [{ authority: maa, allOf: [claim('a', 1)] }] },
    { a: 1 },
    'allow',
  ],
  ['another version', { version: '2.0.0', anyOf: [{ authority: maa, allOf: [claim('a', 1)] }] }, {}, 'version-unknown'],
  [
    'a version that is a number',
    { version: 1, anyOf: [{ authority: maa, allOf: [claim('a', 1)] }] },
    {},
    'version-unknown',
  ],
  ['no authorities', { version: '1.0.0' }, {}, 'authorities-missing'],
  [
    'allOf authorities',
    { version: '1.0.0', allOf: [{ authority: maa, allOf: [claim('a', 1)] }] },
    {},
    'authorities-missing',
  ],
  ['an empty list of authorities', policy(), {}, 'authorities-missing'],
  ['an authority that is a text', policy(maa), {}, 'authority-not-an-object'],
  ['an authority without its name', policy({ allOf: [claim('a', 1)] }), {}, 'authority-without-name'],
  ['an authority with no conditions would let in everybody', policy({ authority: maa }), {}, 'conditions-missing'],
  ['an empty list of conditions, too', all(), {}, 'conditions-empty'],
  ['an empty list within', all(claim('a', 1), { anyOf: [] }), {}, 'conditions-empty'],
  [
    'both allOf and anyOf',
    policy({ authority: maa, allOf: [claim('a', 1)], anyOf: [claim('b', 1)] }),
    {},
    'conditions-both',
  ],
  [
    'the same list in two spellings',
    policy({ authority: maa, allOf: [claim('a', 1)], allof: [claim('b', 1)] }),
    {},
    'conditions-both',
  ],
  ['conditions that are no list', policy({ authority: maa, allOf: claim('a', 1) }), {}, 'conditions-missing'],
  ['a condition that is a text', all('a'), {}, 'condition-not-an-object'],
  ['a condition that is both', all({ claim: 'a', equals: 1, anyOf: [claim('b', 1)] }), {}, 'condition-mixed'],
  ['a condition without a claim', all({ equals: 1 }), {}, 'claim-missing'],
  ['an empty part in a path', all(claim('a..b', 1)), {}, 'claim-path-empty'],
  ['an empty path', all(claim('', 1)), {}, 'claim-path-empty'],
  ['no operator', all({ claim: 'a' }), {}, 'operator-missing'],
  ['two operators', all({ claim: 'a', equals: 1, greater: 0 }), {}, 'operators-many'],
  ['objects are no values', all(claim('a', {})), {}, 'value-not-scalar'],
  ['nor are lists', all(claim('a', ['x'])), {}, 'value-not-scalar'],
  ['nor is null', all(claim('a', null)), {}, 'value-not-scalar'],
  [
    'a number that JSON rounds',
    `{"version":"1.0.0","anyOf":[{"authority":"${maa}","allOf":[{"claim":"a","equals":9007199254740993}]}]}`,
    {},
    'number-too-large',
  ],
  ['one too deep', all(nested(16)), {}, 'too-deep'],
  [
    'five thousand levels',
    `{"version":"1.0.0","anyOf":[{"authority":"x","allOf":${'[{"allOf":'.repeat(5000)}[]${'}]'.repeat(5000)}}]}`,
    {},
    'too-deep',
  ],
  ['more than 64 KiB', all(claim('a', 'x'.repeat(65_536))), {}, 'too-long'],
]

function verdict(given: unknown, claims: JsonObject): Verdict {
  const parsed = parseReleasePolicy(typeof given === 'string' ? given : JSON.stringify(given))
  if (!parsed.ok) return parsed.error.code
  const issuer = typeof claims.iss === 'string' ? claims.iss : maa
  return evaluatePolicy(parsed.value, { issuer, claims }).decision
}

describe.each([
  ['what Microsoft documents', documented],
  ['authorities', authorities],
  ['comparisons', comparisons],
  ['paths', paths],
  ['combinations', combinations],
  ['no policy at all', refused],
])('%s', (_, rows) => {
  it.each(rows)('%s', (_what, given, claims, expected) => {
    expect(verdict(given, claims)).toBe(expected)
  })
})
