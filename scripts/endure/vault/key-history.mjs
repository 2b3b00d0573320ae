/**
 * What one writer knows of one of its keys: what was acknowledged, and the call that nobody answered, if there is one.
 * @typedef {'live' | 'deleted' | 'gone'} Where
 * @typedef {{ where: Where, versions: string[], tag: string }} KeyState
 * @typedef {{ name: string, state: KeyState, open: { step: StepName, tag: string } | undefined, touched: boolean }} KeyHistory `touched`: since it was last compared
 * @typedef {'create' | 'update' | 'delete' | 'recover' | 'purge' | 'sign'} StepName
 * @typedef {import('./bare-vault.mjs').Ask} Ask
 */

/** @param {string} name @returns {KeyHistory} */
export const newHistory = (name) => ({
  name,
  state: { where: 'gone', versions: [], tag: '' },
  open: undefined,
  touched: false,
})

/** What can be done with a key in each state; some of it more often. @type {Record<Where, StepName[]>} */
const STEPS = {
  live: ['create', 'create', 'update', 'sign', 'delete'],
  deleted: ['recover', 'recover', 'purge'],
  gone: ['create'],
}

const digest = Buffer.alloc(32, 7).toString('base64url')

/** @type {Record<StepName, (name: string, tag: string) => [method: string, path: string, body?: object]>} */
const CALLS = {
  create: (name, tag) => ['POST', `/keys/${name}/create`, { kty: 'EC', tags: { tag } }],
  update: (name, tag) => ['PATCH', `/keys/${name}`, { tags: { tag } }],
  delete: (name) => ['DELETE', `/keys/${name}`],
  recover: (name) => ['POST', `/deletedkeys/${name}/recover`],
  purge: (name) => ['DELETE', `/deletedkeys/${name}`],
  sign: (name) => ['POST', `/keys/${name}/sign`, { alg: 'ES256', value: digest }],
}

/** @param {KeyState} state @param {StepName} step @param {string} tag @param {string[]} made @returns {KeyState} */
function after(state, step, tag, made) {
  if (step === 'create') return { where: 'live', versions: [...state.versions, ...made], tag }
  if (step === 'update') return { ...state, tag }
  if (step === 'delete') return { ...state, where: 'deleted' }
  if (step === 'recover') return { ...state, where: 'live' }
  if (step === 'purge') return { where: 'gone', versions: [], tag: '' }
  return state
}

/**
 * One random step. Gives the id of the acknowledged call, or undefined when the vault was killed under it.
 * @param {Ask} ask @param {KeyHistory} history @param {string} tag
 */
export async function takeStep(ask, history, tag) {
  const steps = STEPS[history.state.where]
  const step = steps[Math.floor(Math.random() * steps.length)] ?? 'create'
  history.open = { step, tag }
  history.touched = true
  const reply = await ask(...CALLS[step](history.name, tag))
  if (!reply) return undefined
  if (reply.status >= 300) throw new Error(`${step} of ${history.name}: ${reply.status} ${JSON.stringify(reply.body)}`)
  const made = reply.body.key?.kid.split('/').at(-1)
  history.state = after(history.state, step, tag, made ? [made] : [])
  history.open = undefined
  return reply.id
}

/**
 * Compares the vault with what is known, and takes over what it has: gives complaints. Whatever is there must be whole: every
 * version signs by its private half, and its public half verifies that.
 * @param {Ask} ask @param {KeyHistory} history
 */
export async function compare(ask, history) {
  const { name, state, open } = history
  const found = await look(ask, name)
  const possible = [state, ...(open ? [after(state, open.step, open.tag, newIn(found, state))] : [])]
  const taken = possible.find((one) => same(one, found))
  const complaints = taken ? [] : [`${name}: ${JSON.stringify(found)} is neither of ${JSON.stringify(possible)}`]
  history.state = taken ?? found
  history.open = undefined
  history.touched = false
  if (found.where === 'live')
    for (const version of found.versions)
      if (!(await isWhole(ask, name, version))) complaints.push(`${name}/${version} is not whole`)
  return complaints
}

/** @param {KeyState} found @param {KeyState} state */
const newIn = (found, state) => found.versions.filter((version) => !state.versions.includes(version))

/** @param {KeyState} one @param {KeyState} other */
function same(one, other) {
  const [first, second] = [[...one.versions].sort(), [...other.versions].sort()]
  // A deleted key lists no versions: they are compared when it is back.
  const versions = other.where === 'deleted' || first.join() === second.join()
  return one.where === other.where && versions && one.tag === other.tag
}

/** @param {Ask} ask @param {string} name @returns {Promise<KeyState>} */
async function look(ask, name) {
  const live = await must(ask('GET', `/keys/${name}`))
  if (live.status === 200) return { where: 'live', versions: await versionsOf(ask, name), tag: live.body.tags?.tag }
  const deleted = await must(ask('GET', `/deletedkeys/${name}`))
  if (deleted.status !== 200) return { where: 'gone', versions: [], tag: '' }
  return { where: 'deleted', versions: [], tag: deleted.body.tags?.tag }
}

/** @param {Ask} ask @param {string} name */
async function versionsOf(ask, name) {
  /** @type {string[]} */
  const versions = []
  for (let page = `/keys/${name}/versions`; page; ) {
    const { body } = await must(ask('GET', page))
    versions.push(...body.value.map((/** @type {{ kid: string }} */ { kid }) => kid.split('/').at(-1) ?? ''))
    const next = body.nextLink ? new URL(body.nextLink) : undefined
    page = next ? `${next.pathname}?$skiptoken=${next.searchParams.get('$skiptoken')}` : ''
  }
  return versions
}

/** @param {Ask} ask @param {string} name @param {string} version */
async function isWhole(ask, name, version) {
  const path = `/keys/${name}/${version}`
  const signed = await must(ask('POST', `${path}/sign`, { alg: 'ES256', value: digest }))
  const verified = await must(ask('POST', `${path}/verify`, { alg: 'ES256', digest, value: signed.body.value }))
  return verified.body.value === true
}

/** @param {Promise<import('./bare-vault.mjs').Reply | undefined>} asked */
async function must(asked) {
  const reply = await asked
  if (!reply) throw new Error('the local vault did not answer although nobody killed it')
  return reply
}
