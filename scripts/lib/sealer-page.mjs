import { createHash } from 'node:crypto'

/** @param {string} text @returns {string} as a content security policy names an inline text */
const source = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/**
 * The one file. Its policy comes first and names the two texts that may be in force: no other script or style runs, a worker
 * only from the page itself, and no connection of any kind is allowed. A worker from a Blob inherits it.
 * @param {{ script: string, style: string }} texts
 */
export function sealerPage({ script, style }) {
  // The HTML parser would end the script there, or change it, and the hash would not be that of what runs.
  if (/<\/script|<!--|\r|\0/i.test(script)) throw new Error('the script holds what can’t stand in a page')
  if (/<\/style|\r|\0/i.test(style)) throw new Error('the style holds what can’t stand in a page')
  const policy = [
    "default-src 'none'",
    `script-src ${source(script)}`,
    `style-src ${source(style)}`,
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ')
  return `<!doctype html>
<html lang="en">
<head>
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>Drawbridge offline sealer</title>
<style>${style}</style>
</head>
<body>
<noscript>The offline sealer works by JavaScript: allow it for this file.</noscript>
<script>${script}</script>
</body>
</html>
`
}
