import { isSharedAuthority } from './authority-address'
import { parseReleasePolicy } from './parse-policy'
import { placeholderAuthority } from './placeholders'
import type { Authority } from './policy'

/**
 * The default policies for confidential VMs that Microsoft has published, as read on 2026-11-23 in public copies of its
 * repositories. There is no one default: the tool's has changed three times, and each is still on keys that were made with it.
 *
 * - Until 2022-11 (Azure/azure-cli pull request 21527), and afterwards where GitHub could not be reached: four regions (`first`).
 * - From 2022-11 (pull request 24559) the file `cvm_deployment/key/skr-policy.json` of Azure/confidential-computing-cvm, as its
 *   main branch had it when a key was made. It has had over fifty versions; the one of commit 000ca3c is here (`regions`), and
 *   whether it is the newest is not known.
 * - From 2024-05 (pull request 28927) one authority, the provider of the vault's own region, first for SEV-SNP alone
 *   (`region-sevsnp`), from 2024-07 (29335) for whatever is compliant (`region`).
 * - From 2025-12 (32538) another one beside it for data disks (`region-data-disk`).
 */
export type MicrosoftPolicyId = 'region' | 'region-data-disk' | 'regions' | 'first' | 'region-sevsnp'

interface Described {
  id: MicrosoftPolicyId
  title: string
  /** What made it, where its text is from. */
  origin: string
}

/**
 * Put together from its regions as the file has them, to the file's own length; nobody publishes a digest to compare.
 * `sha256`: of `text` in UTF-8.
 */
interface PublishedPolicy extends Described {
  text: string
  sha256: string
}

/** Of one region: the conditions are known, whose word is taken depends on where the vault is. */
interface RegionalPolicy extends Described {
  allOf: readonly object[]
}

export type MicrosoftPolicy = PublishedPolicy | RegionalPolicy

const compliant = { claim: 'x-ms-compliance-status', equals: 'azure-compliant-cvm' }
const kind = (equals: string, parent = '') => ({ claim: `${parent}x-ms-attestation-type`, equals })
const tee = 'x-ms-isolation-tee.'

const published = (regions: string, allOf: (snpOnly: boolean) => object[], end: string): string => {
  const anyOf = regions.split(' ').map((mark) => {
    const region = mark.replace('*', '')
    return { allOf: allOf(mark !== region), authority: `https://shared${region}.${region}.attest.azure.net/` }
  })
  return `${JSON.stringify({ anyOf, version: '1.0.0' }, null, 2)}${end}`
}

/** A star: for SEV-SNP alone. One region stands twice. */
const REGIONS =
  'eus wus neu weu sasia easia jpe swn sww ilc itn eus2 eus2e scus* cuse* cus eau sau cin uaen* wus3 ncus sec noe sin jpw jinc jinw krs krc den dewc uks ukw frc frs cau san uaec cac cae plc saw wus2* mxc* now* sbr* cau2* sebr* wcus* frs*'

const REPOSITORY = 'Azure/confidential-computing-cvm'

export const PUBLISHED_POLICIES: readonly PublishedPolicy[] = [
  {
    id: 'regions',
    title: 'Microsoft’s for confidential VMs, all its regions',
    origin: `${REPOSITORY}, cvm_deployment/key/skr-policy.json, commit 000ca3c: az keyvault key create --default-cvm-policy took such a file from November 2022 to May 2024`,
    text: published(
      REGIONS,
      (snpOnly) => [compliant, { anyOf: [...(snpOnly ? [] : [kind('tdxvm')]), kind('sevsnpvm')] }],
      '',
    ),
    sha256: 'a35859893b1c80243e0174f70dad704f143cb3f4a0d82660c3c8aec8c2314d41',
  },
  {
    id: 'first',
    title: 'Microsoft’s first for confidential VMs, four regions',
    origin: `${REPOSITORY}, skr-policy.json, commit 8539c7e: what az keyvault key create --default-cvm-policy held in itself from March 2022 on`,
    text: published('eus wus neu weu', () => [kind('sevsnpvm'), compliant], '\n'),
    sha256: '8c7b6c2f4c491af9aab24183223c9a8ef1a1ae884bf4190c36962fb1f889ea7d',
  },
]

const AZ = 'Azure/azure-cli, keyvault/_validators.py: az keyvault key create'

export const REGIONAL_POLICIES: readonly RegionalPolicy[] = [
  {
    id: 'region',
    title: 'Microsoft’s default for confidential VMs, one region',
    origin: `${AZ} --default-cvm-policy, since July 2024`,
    allOf: [compliant],
  },
  {
    id: 'region-data-disk',
    title: 'Microsoft’s default for confidential VMs’ data disks, one region',
    origin: `${AZ} --default-data-disk-policy, since December 2025`,
    allOf: [
      { anyOf: [kind('sevsnpvm', tee), kind('tdxvm', tee)] },
      { claim: `${tee}${compliant.claim}`, equals: compliant.equals },
    ],
  },
  {
    id: 'region-sevsnp',
    title: 'Microsoft’s default for confidential VMs of May 2024, one region',
    origin: `${AZ} --default-cvm-policy, from May to July 2024`,
    allOf: [kind('sevsnpvm'), compliant],
  },
]

export const MICROSOFT_POLICIES: readonly MicrosoftPolicy[] = [...REGIONAL_POLICIES.slice(0, 2), ...PUBLISHED_POLICIES]

/** A policy's text; of one region with that authority, or a placeholder for it. */
export function microsoftPolicyText(policy: MicrosoftPolicy, authority = placeholderAuthority): string {
  if ('text' in policy) return policy.text
  return JSON.stringify({ version: '1.0.0', anyOf: [{ authority, allOf: policy.allOf }] }, null, 2)
}

/** Which of them a policy is, in whatever writing; of one region where its authority is one of Microsoft's shared ones. */
export function recogniseMicrosoftPolicy(text: string): MicrosoftPolicy | undefined {
  const read = parseReleasePolicy(text)
  if (!read.ok) return undefined
  const { authorities } = read.value
  const whole = PUBLISHED_POLICIES.find(
    (known) => asRead(known).length === authorities.length && isAsRead(known, authorities),
  )
  if (whole) return whole
  const [only, more] = authorities
  if (!only || more || !isSharedAuthority(only.authority)) return undefined
  return REGIONAL_POLICIES.find((known) => isAsRead(known, [{ ...only, authority: placeholderAuthority }]))
}

const isAsRead = (known: MicrosoftPolicy, authorities: readonly Authority[]) =>
  // Both were built by the same reader, their members in the same order.
  JSON.stringify(asRead(known)) === JSON.stringify(authorities)

const readBefore = new Map<MicrosoftPolicyId, readonly Authority[]>()

/** Once: the largest is 23 KiB, and is asked for at every key that somebody presses. */
function asRead(known: MicrosoftPolicy): readonly Authority[] {
  const before = readBefore.get(known.id)
  if (before) return before
  const read = parseReleasePolicy(microsoftPolicyText(known))
  const authorities = read.ok ? read.value.authorities : []
  readBefore.set(known.id, authorities)
  return authorities
}
