/**
 * How the tools of the vendors on Microsoft's list name themselves in `generator`, as far as known: a part of the
 * text, in lower case. The text is free, so an unlisted one only warns.
 */
const listedVendors = [
  'cryptomathic',
  'entrust',
  'ncipher',
  'nshield',
  'keycontrol',
  'fortanix',
  'sdkms',
  'futurex',
  'cryptohub',
  'kmes',
  'ibm',
  'ekmf',
  'uko',
  'marvell',
  'liquidsecurity',
  'securosys',
  'primus',
  'stormagic',
  'svkms',
  'thales',
  'luna',
  'utimaco',
  'yubi',
  'cosmian',
] as const

export const isListedGenerator = (generator: string): boolean => {
  const text = generator.toLowerCase()
  return listedVendors.some((vendor) => text.includes(vendor))
}

export const isLuna = (generator: string): boolean => /luna|thales/i.test(generator)
