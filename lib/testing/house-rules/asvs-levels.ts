/** How many requirements of level 1 and 2 each section has, numbered from 1: OWASP ASVS 5.0.0, 253 in all. */
const LEVELS_ONE_AND_TWO: Record<string, readonly number[]> = {
  V1: [2, 9, 11, 3, 2],
  V2: [3, 3, 4, 1],
  V3: [0, 2, 4, 6, 5, 0, 2],
  V4: [3, 1, 2, 4],
  V5: [1, 3, 2, 3],
  V6: [3, 12, 4, 4, 5, 3, 0, 4],
  V7: [3, 4, 2, 5, 2, 2],
  V8: [2, 3, 1, 1],
  V9: [3, 4],
  V10: [2, 2, 4, 11, 5, 2, 3],
  V11: [2, 3, 3, 4, 1, 1, 0],
  V12: [3, 2, 4],
  V13: [1, 5, 2, 5],
  V14: [2, 4, 3],
  V15: [3, 3, 7, 0],
  V16: [1, 5, 4, 3, 3],
  V17: [1, 4, 2],
}

/** Of level 3, what this product holds all the same. V3.4.3 is of level 2 and held as level 3 asks. */
const LEVEL_THREE = ['V2.3.5', 'V15.4.2']

/** Every requirement that `SECURITY.md` has to speak of. */
export const ASVS_REQUIREMENTS: readonly string[] = [
  ...Object.entries(LEVELS_ONE_AND_TWO).flatMap(([chapter, sections]) =>
    sections.flatMap((count, section) =>
      Array.from({ length: count }, (_, nth) => `${chapter}.${section + 1}.${nth + 1}`),
    ),
  ),
  ...LEVEL_THREE,
]
