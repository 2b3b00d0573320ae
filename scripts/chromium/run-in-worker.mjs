/**
 * Opens an empty page of `origin`, starts `/entry.js` there as a module worker, posts it a message and gives its answer.
 * What goes wrong in the worker is an error here.
 * @param {import('@playwright/test').Browser} browser @param {string} origin @param {unknown} message
 * @param {number} timeout milliseconds
 */
export async function runInWorker(browser, origin, message, timeout) {
  const page = await browser.newPage()
  try {
    await page.goto(`${origin}/page.html`)
    return await page.evaluate(startWorker, { message, timeout })
  } finally {
    await page.close()
  }
}

/** In the page. @param {{ message: unknown, timeout: number }} argument @returns {Promise<any>} */
function startWorker({ message, timeout }) {
  return new Promise((resolve, reject) => {
    const worker = new Worker('/entry.js', { type: 'module' })
    const timer = setTimeout(() => reject(new Error('the worker did not answer in time')), timeout)
    worker.onmessage = ({ data }) => {
      clearTimeout(timer)
      worker.terminate()
      if (data.failure) reject(new Error(data.failure))
      else resolve(data.answer)
    }
    worker.onerror = (event) => reject(new Error(`the worker broke: ${event.message}`))
    worker.postMessage(message)
  })
}
