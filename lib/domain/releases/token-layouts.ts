import type { Scalar } from './policy'

/** What a claim's value is in real tokens. */
export type ClaimType = 'text' | 'number' | 'boolean'

export interface TokenLayout {
  /** For which token it is, in a person's words. */
  title: string
  claims: Readonly<Record<string, ClaimType>>
}

const report = {
  'x-ms-attestation-type': 'text',
  'x-ms-compliance-status': 'text',
  'x-ms-sevsnpvm-authorkeydigest': 'text',
  'x-ms-sevsnpvm-bootloader-svn': 'number',
  'x-ms-sevsnpvm-familyId': 'text',
  'x-ms-sevsnpvm-guestsvn': 'number',
  'x-ms-sevsnpvm-hostdata': 'text',
  'x-ms-sevsnpvm-idkeydigest': 'text',
  'x-ms-sevsnpvm-imageId': 'text',
  'x-ms-sevsnpvm-is-debuggable': 'boolean',
  'x-ms-sevsnpvm-launchmeasurement': 'text',
  'x-ms-sevsnpvm-microcode-svn': 'number',
  'x-ms-sevsnpvm-migration-allowed': 'boolean',
  'x-ms-sevsnpvm-reportdata': 'text',
  'x-ms-sevsnpvm-reportid': 'text',
  'x-ms-sevsnpvm-smt-allowed': 'boolean',
  'x-ms-sevsnpvm-snpfw-svn': 'number',
  'x-ms-sevsnpvm-tee-svn': 'number',
  'x-ms-sevsnpvm-vmpl': 'number',
} as const satisfies Record<string, ClaimType>

const configuration = {
  'x-ms-runtime.vm-configuration.console-enabled': 'boolean',
  'x-ms-runtime.vm-configuration.secure-boot': 'boolean',
  'x-ms-runtime.vm-configuration.tpm-enabled': 'boolean',
  'x-ms-runtime.vm-configuration.vmUniqueId': 'text',
} as const satisfies Record<string, ClaimType>

const machine = {
  secureboot: 'boolean',
  'x-ms-attestation-type': 'text',
  'x-ms-azurevm-attestation-protocol-ver': 'text',
  'x-ms-azurevm-bootdebug-enabled': 'boolean',
  'x-ms-azurevm-dbvalidated': 'boolean',
  'x-ms-azurevm-dbxvalidated': 'boolean',
  'x-ms-azurevm-debuggersdisabled': 'boolean',
  'x-ms-azurevm-default-securebootkeysvalidated': 'boolean',
  'x-ms-azurevm-hypervisordebug-enabled': 'boolean',
  'x-ms-azurevm-is-windows': 'boolean',
  'x-ms-azurevm-kerneldebug-enabled': 'boolean',
  'x-ms-azurevm-osdistro': 'text',
  'x-ms-azurevm-ostype': 'text',
  'x-ms-azurevm-osversion-major': 'number',
  'x-ms-azurevm-osversion-minor': 'number',
  'x-ms-azurevm-signingdisabled': 'boolean',
  'x-ms-azurevm-testsigning-enabled': 'boolean',
  'x-ms-azurevm-vmid': 'text',
} as const satisfies Record<string, ClaimType>

/**
 * The claims that Microsoft's published attestation tokens carry, by the environment that gets them. A confidential VM has two
 * layouts: applications find the machine's report below `x-ms-isolation-tee`, disk encryption finds it on top.
 */
export const tokenLayouts = {
  'sevsnp-cvm': {
    title: 'a confidential VM’s token, as its applications get it',
    claims: { ...machine, ...below('x-ms-isolation-tee', { ...report, ...configuration }) },
  },
  'sevsnp-cvm-disk': {
    title: 'a confidential VM’s token, as disk encryption gets it',
    claims: { ...report, ...configuration },
  },
  aci: { title: 'the token of a confidential container group (ACI, AKS)', claims: report },
  sgx: {
    title: 'the token of an SGX enclave',
    claims: {
      'x-ms-attestation-type': 'text',
      'x-ms-sgx-is-debuggable': 'boolean',
      'x-ms-sgx-mrenclave': 'text',
      'x-ms-sgx-mrsigner': 'text',
      'x-ms-sgx-product-id': 'number',
      'x-ms-sgx-svn': 'number',
    },
  },
} as const satisfies Record<string, TokenLayout>

function below(parent: string, claims: Readonly<Record<string, ClaimType>>): Record<string, ClaimType> {
  return Object.fromEntries(Object.entries(claims).map(([name, type]) => [`${parent}.${name}`, type]))
}

export const typeOfScalar = (value: Scalar): ClaimType => {
  if (typeof value === 'string') return 'text'
  return typeof value === 'number' ? 'number' : 'boolean'
}

const all: readonly TokenLayout[] = Object.values(tokenLayouts)

/** What a claim is in the tokens that have it; undefined where none has. */
export const knownClaimType = (claim: string): ClaimType | undefined =>
  all.map(({ claims }) => claims[claim]).find((type) => type !== undefined)

/** Whether one token could hold all of them. */
export const isOneLayout = (claims: readonly string[]): boolean =>
  all.some((layout) => claims.every((claim) => layout.claims[claim] !== undefined))
