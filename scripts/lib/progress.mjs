const REMINDER = 10_000

const seconds = (/** @type {number} */ since) => `${((Date.now() - since) / 1000).toFixed(1)} s`

/**
 * Says what is being done, every ten seconds that it is still being done, and how long it took.
 * @template T
 * @param {string} what as in "Installing packages"
 * @param {() => Promise<T>} act
 * @returns {Promise<T>}
 */
export async function step(what, act) {
  const began = Date.now()
  console.log(`• ${what} …`)
  const reminder = setInterval(() => console.log(`  still at it: ${what.toLowerCase()} (${seconds(began)})`), REMINDER)
  try {
    const result = await act()
    console.log(`✓ ${what} (${seconds(began)})`)
    return result
  } finally {
    clearInterval(reminder)
  }
}
