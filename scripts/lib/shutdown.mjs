/** What has been started, in order; stopped in the opposite order. */
export function createShutdown() {
  /** @type {{ name: string, stop: () => Promise<void> | void }[]} */
  const running = []
  /** @type {Promise<void> | undefined} */
  let stopping
  const stopAll = async () => {
    for (let part = running.pop(); part; part = running.pop()) await part.stop()
  }
  return {
    /** @param {string} name @param {() => Promise<void> | void} stop */
    add: async (name, stop) => {
      if (stopping)
        await stop() // it came up while everything else was already going down
      else running.push({ name, stop })
    },
    stop: () => {
      stopping ??= stopAll()
      return stopping
    },
    isStopping: () => stopping !== undefined,
  }
}
