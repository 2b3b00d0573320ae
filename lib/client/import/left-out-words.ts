/** What a key file holds beside the keys that were found in it. `count`: at least one. */
export const leftOutWords = (count: number): string =>
  `Left out of the file: ${count === 1 ? 'another part' : `${count} other parts`} that may be keys, of a kind that no vault takes, damaged, or under another passphrase.`
