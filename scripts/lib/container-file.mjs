// What a container file of ours must keep to. Small on purpose: it reads instructions, not shell.

/** @typedef {{ word: string, rest: string }} Instruction */
/** @typedef {{ name: string | undefined, from: string, instructions: Instruction[] }} Stage */

/** Comments out, continued lines joined. @param {string} text @returns {Instruction[]} */
function instructionsOf(text) {
  const joined = text.replace(/^\s*#.*\n/gm, '').replace(/\\\n\s*/g, ' ')
  return joined.split('\n').flatMap((line) => {
    const [, word, rest] = /^([A-Za-z]+)\s+(.*)$/.exec(line.trim()) ?? []
    return word && rest ? [{ word: word.toUpperCase(), rest }] : []
  })
}

/** @param {Instruction[]} instructions @returns {Stage[]} */
function stagesOf(instructions) {
  /** @type {Stage[]} */
  const stages = []
  for (const instruction of instructions) {
    if (instruction.word === 'FROM') {
      const [, from = '', name] = /^(?:--\S+\s+)*(\S+)(?:\s+as\s+(\S+))?$/i.exec(instruction.rest) ?? []
      stages.push({ name, from, instructions: [] })
    } else stages.at(-1)?.instructions.push(instruction)
  }
  return stages
}

/** A base is an earlier stage, pinned by digest, or named by whoever builds: an argument without a default. @param {Stage[]} stages @param {string[]} asked */
function looseBases(stages, asked) {
  const names = stages.map(({ name }) => name)
  return stages
    .filter(({ from }, index) => {
      const argument = /^\$\{(\w+)\}$/.exec(from)?.[1]
      const isOurs = names.slice(0, index).includes(from)
      return !isOurs && !/@sha256:[0-9a-f]{64}$/.test(from) && !(argument && asked.includes(argument))
    })
    .map(({ from }) => `the base ${from} is not pinned by digest`)
}

const SECRET = /(?:SECRET|PASSWORD|PASSPHRASE|TOKEN|CREDENTIAL|PRIVATE|_KEY)\w*(?:=|\s|$)/i

/** @param {Stage} stage */
function looseEnd({ instructions }) {
  const last = (/** @type {string} */ word) => instructions.filter((each) => each.word === word).at(-1)?.rest
  const found = []
  if (!/^[1-9]\d*(?::[1-9]\d*)?$/.test(last('USER') ?? ''))
    found.push('it does not end as a user with a number other than 0')
  if (!last('HEALTHCHECK')?.includes('/readyz')) found.push('its health check does not ask /readyz')
  if (!last('CMD')?.startsWith('[')) found.push('its command goes through a shell, which would keep SIGTERM from it')
  if (instructions.some(({ word, rest }) => word === 'COPY' && !rest.startsWith('--from=')))
    found.push('its last stage copies from outside instead of from what was built')
  return found
}

/**
 * What is wrong about a container file, in words; empty when nothing is.
 * @param {string} text @returns {string[]}
 */
export function containerFaults(text) {
  const instructions = instructionsOf(text)
  const stages = stagesOf(instructions)
  const last = stages.at(-1)
  if (!last) return ['it has no stage']
  const asked = instructions
    .filter(({ word, rest }) => word === 'ARG' && !rest.includes('='))
    .map(({ rest }) => rest.trim())
  return [
    ...looseBases(stages, asked),
    ...instructions.filter(({ word }) => word === 'ADD').map(() => 'ADD fetches and unpacks: COPY'),
    ...instructions
      .filter(({ word, rest }) => (word === 'ENV' || word === 'ARG') && SECRET.test(rest))
      .map(({ word }) => `${word} puts a secret into a layer`),
    ...instructions
      .filter(({ word, rest }) => word === 'COPY' && /(?:^|\s)\.\/?\s/.test(rest))
      .map(() => 'COPY takes the whole folder, whatever lies in it'),
    ...instructions
      .filter(({ word, rest }) => word === 'RUN' && /(?:curl|wget)[^|]*\|/.test(rest))
      .map(() => 'RUN runs what it fetches'),
    ...looseEnd(last),
  ]
}
