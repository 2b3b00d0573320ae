import { randomBytes } from 'node:crypto'
import type { Claims } from './merge-claims'

/** What stands at the key's `kid` when the caller gives none: a confidential VM's TPM key has a fixed name. */
type KeyNaming = 'TpmEphemeralEncryptionKey' | 'thumbprint'

type Layout = { kid: KeyNaming; claims: () => Claims }

const zeros = (bytes: number) => '0'.repeat(bytes * 2)

/** A SEV-SNP report as the attestation service writes it; the values are those of its published sample. */
const sevSnpReport = (compliance: string, hostData: string): Claims => ({
  'x-ms-attestation-type': 'sevsnpvm',
  'x-ms-compliance-status': compliance,
  'x-ms-sevsnpvm-authorkeydigest': zeros(48),
  'x-ms-sevsnpvm-bootloader-svn': 2,
  'x-ms-sevsnpvm-familyId': '01000000000000000000000000000000',
  'x-ms-sevsnpvm-guestsvn': 2,
  'x-ms-sevsnpvm-hostdata': hostData,
  'x-ms-sevsnpvm-idkeydigest':
    '57486a447ec0f1958002a22a06b7673b9fd27d11e1c6527498056054c5fa92d23c50f9de44072760fe2b6fb89740b696',
  'x-ms-sevsnpvm-imageId': '02000000000000000000000000000000',
  'x-ms-sevsnpvm-is-debuggable': false,
  'x-ms-sevsnpvm-launchmeasurement':
    'ad6de16ac59ee52351c6038df58d1be5aeaf41cd0f7c81b2279ecca0df6ef43a2b69d663ad6973d6dbb9db0ffd7a9023',
  'x-ms-sevsnpvm-microcode-svn': 93,
  'x-ms-sevsnpvm-migration-allowed': false,
  'x-ms-sevsnpvm-reportdata': `${randomBytes(32).toString('hex')}${zeros(32)}`,
  'x-ms-sevsnpvm-reportid': randomBytes(32).toString('hex'),
  'x-ms-sevsnpvm-smt-allowed': true,
  'x-ms-sevsnpvm-snpfw-svn': 6,
  'x-ms-sevsnpvm-tee-svn': 0,
  'x-ms-sevsnpvm-vmpl': 0,
})

const machineId = 'D3FD4B09-37A3-40D5-8F2A-EA80762213CC'
const vmConfiguration = { 'console-enabled': true, 'secure-boot': true, 'tpm-enabled': true, vmUniqueId: machineId }

/** The machine's attestation key: in the documented place, and never a key to wrap for. Nobody holds its private half. */
const attestationKey = () => ({
  kid: 'HCLAkPub',
  kty: 'RSA',
  key_ops: ['encrypt'],
  e: 'AQAB',
  n: Buffer.concat([Buffer.of(0xcb), randomBytes(254), Buffer.of(1)]).toString('base64url'),
})

const compliantVm = () => sevSnpReport('azure-compliant-cvm', zeros(32))

/**
 * The documented shapes of attestation tokens. A confidential VM has two: applications see the machine's report below
 * `x-ms-isolation-tee`, disk encryption sees it on top; a policy must say which it means.
 */
export const layouts = {
  'sevsnp-cvm': {
    kid: 'TpmEphemeralEncryptionKey',
    claims: () => ({
      secureboot: true,
      'x-ms-attestation-type': 'azurevm',
      'x-ms-azurevm-attestation-protocol-ver': '2.0',
      'x-ms-azurevm-attested-pcrs': [0, 1, 2, 3, 4, 5, 6, 7],
      'x-ms-azurevm-bootdebug-enabled': false,
      'x-ms-azurevm-dbvalidated': true,
      'x-ms-azurevm-dbxvalidated': true,
      'x-ms-azurevm-debuggersdisabled': true,
      'x-ms-azurevm-default-securebootkeysvalidated': true,
      'x-ms-azurevm-hypervisordebug-enabled': false,
      'x-ms-azurevm-is-windows': false,
      'x-ms-azurevm-kerneldebug-enabled': false,
      'x-ms-azurevm-osdistro': 'Ubuntu',
      'x-ms-azurevm-ostype': 'Linux',
      'x-ms-azurevm-osversion-major': 22,
      'x-ms-azurevm-osversion-minor': 4,
      'x-ms-azurevm-signingdisabled': true,
      'x-ms-azurevm-testsigning-enabled': false,
      'x-ms-azurevm-vmid': machineId,
      'x-ms-isolation-tee': {
        ...compliantVm(),
        'x-ms-runtime': { keys: [attestationKey()], 'vm-configuration': vmConfiguration },
      },
    }),
  },
  'sevsnp-cvm-disk': {
    kid: 'TpmEphemeralEncryptionKey',
    claims: () => ({ ...compliantVm(), 'x-ms-runtime': { 'vm-configuration': vmConfiguration } }),
  },
  aci: {
    kid: 'thumbprint',
    claims: () =>
      sevSnpReport('azure-compliant-uvm', '73973b78d70cc68353426de188db5dfc57e5b766e399935fb73a61127ea26d20'),
  },
  sgx: {
    kid: 'thumbprint',
    claims: () => ({
      'x-ms-attestation-type': 'sgx',
      'x-ms-sgx-is-debuggable': false,
      'x-ms-sgx-mrenclave': '83f4e819861adef6ffb2a4865efea9337b91ed30fa33491b17f0d5d9e8204410',
      'x-ms-sgx-mrsigner': '83d719e77deaca1470f6baf62a4d774303c899db69020f9c70ee1dfc08c7ce9e',
      'x-ms-sgx-product-id': 1,
      'x-ms-sgx-svn': 1,
    }),
  },
} as const satisfies Record<string, Layout>

export type LayoutName = keyof typeof layouts
export const layoutNames = Object.keys(layouts) as [LayoutName, ...LayoutName[]] // the table's keys are exactly LayoutName
