import { expect, type Page, test } from '@playwright/test'
import { attest } from '../lib/local-vault/testing/attest'
import { authority, policyJson } from './support/actions-release'
import { describeKey, expectStep, giveFile, goOn, makeKek, openFileStep, uniqueName } from './support/actions-wizard'
import { expectAccessible } from './support/axe'
import { sealNewKey } from './support/blobs'
import { officerWith } from './support/installation'
import { openAs } from './support/sign-in'

test.describe.configure({ timeout: 120_000 })

const tests = (page: Page) =>
  page.getByRole('table', { name: 'Tokens and their tests' }).locator('tbody').getByRole('row')
const claims = (page: Page) => page.getByRole('table', { name: 'Claims of the token' })

async function paste(page: Page, text: string): Promise<void> {
  await page.getByLabel('Paste attestation tokens').fill(text)
  await page.getByRole('button', { name: 'Add tokens' }).click()
}

test('a policy from a template, tried on tokens, sharpened by a claim; nothing leaves the tab', async ({ browser }) => {
  const vault = authority()
  const token = await attest(vault, {})
  const debuggable = await attest(vault, {
    claims: { 'x-ms-isolation-tee': { 'x-ms-sevsnpvm-is-debuggable': true } },
  })
  const page = await openAs(browser, officerWith(['auditor']))
  await page.goto('/releases')
  await page.getByRole('link', { name: 'Policy lab' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Policy lab')
  await expectAccessible(page, 'the empty policy lab')
  const sent: string[] = []
  page.on('request', (request) => sent.push(request.postData() ?? ''))

  await test.step('tokens come first, and one that is none stays where it was pasted', async () => {
    await paste(page, `${token}\nnot-a-token\n${debuggable}`)
    await expect(tests(page)).toHaveCount(2)
    await expect(page.getByLabel('Paste attestation tokens')).toHaveValue('not-a-token')
    await expect(page.getByText(/This is no token/)).toBeVisible()
  })

  await test.step('a template takes its authority from the token in view', async () => {
    await page.getByLabel('Start from a template').selectOption({ label: 'Confidential VM, for its applications' })
    await expect(page.getByText(/For a confidential VM’s token, as its applications get it/)).toBeVisible()
    await page.getByRole('button', { name: 'Use this template' }).click()
    await expect(page.getByLabel('Authority', { exact: true })).toHaveValue(vault.attestation.url)
    await expect(tests(page).nth(0)).toContainText('let in')
    await expect(tests(page).nth(1)).toContainText(/x-ms-isolation-tee\.x-ms-sevsnpvm-is-debuggable is not false/)
    await expect(page.getByLabel('Expected for Token 2')).toHaveValue('deny')
    await expect(page.getByText('2 of 2 pass')).toBeVisible()
  })

  await test.step('a claim becomes a condition, in the JSON and in the editor', async () => {
    await page.getByRole('button', { name: 'Show the claims of Token 1' }).click()
    await claims(page).getByRole('button', { name: 'Make a condition of secureboot' }).click()
    await expect(page.getByLabel('Claim of condition 4 of authority 1')).toHaveValue('secureboot')
    expect(JSON.parse(await policyJson(page).inputValue()).anyOf[0].allOf[3]).toEqual({
      claim: 'secureboot',
      equals: true,
    })
    await page.getByLabel('Comparison of condition 4 of authority 1').selectOption('false')
    await expect(page.getByText('1 of 2 pass')).toBeVisible()
    await expect(page.getByText('Not met: the token says true').first()).toBeVisible()
    await claims(page).getByRole('button', { name: 'Ask for this value of secureboot' }).click()
    await expect(page.getByText('2 of 2 pass')).toBeVisible()
  })

  await test.step('a variant says what another environment would get', async () => {
    await page.getByRole('button', { name: 'Make a variant of Token 1' }).click()
    const written = page.getByLabel('Its claims, as JSON')
    const changed = JSON.parse(await written.inputValue())
    await written.fill(JSON.stringify({ ...changed, secureboot: undefined }))
    await expect(tests(page).nth(2)).toContainText(/kept out.*secureboot is missing/s)
    await expect(claims(page).getByRole('row', { name: /^secureboot nothing/ })).toContainText('Missing in the token')
    await expect(page.getByText('3 of 3 pass')).toBeVisible()
  })

  await test.step('what a looser policy would change is said for each token', async () => {
    await page.getByRole('button', { name: 'Keep the policy above as it is now' }).click()
    await expect(page.getByText('The two are one policy')).toBeVisible()
    await page.getByRole('button', { name: 'Remove condition 4 of authority 1' }).click()
    await expect(page.getByText('Of 3 tokens 1 gains and 0 lose.')).toBeVisible()
    await expect(page.getByRole('list', { name: 'What differs' })).toContainText('secureboot equals true')
    await expect(page.getByText('2 of 3 pass')).toBeVisible()
  })

  await test.step('a signature is verified by the issuer’s keys', async () => {
    await page.getByText('Verify their signatures').click()
    await page.getByLabel('The issuer’s keys').fill(await (await fetch(`${vault.attestation.url}/certs`)).text())
    await expect(tests(page).nth(0)).toContainText('Signed by a key that you gave.')
    await page.getByLabel('The issuer’s keys').fill('{"keys":[{"kty":"oct","k":"AA"}]}')
    await expect(page.getByText(/This holds a private key/)).toBeVisible()
    await expect(tests(page).nth(0)).toContainText('RS256, not verified')
  })

  await test.step('files come in, whatever is in them, and what they claim is text', async () => {
    const hostile = {
      iss: 'https://a.example',
      '<script>alert(1)</script>': '<img src=x onerror=alert(1)>',
      __proto__: null,
    }
    await page.getByLabel('Drop token files here').setInputFiles([
      { name: 'hostile.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(hostile)) },
      { name: 'none.jwt', mimeType: 'text/plain', buffer: Buffer.from('eyJhbGciOiJub25lIn0.e30.') },
    ])
    await expect(page.getByLabel('Name of token hostile')).toBeVisible()
    await expect(claims(page)).toContainText('<script>alert(1)</script>')
    await expect(page.getByText(/none: Nobody signed this token/)).toBeVisible()
    await page.getByRole('button', { name: 'Remove hostile' }).click()
  })
  await test.step('a page that is rendered anew by the server takes nothing of it', async () => {
    const before = await policyJson(page).inputValue()
    const answered = page.waitForResponse((response) => response.url().includes('/releases/lab'))
    await page.evaluate('window.next.router.refresh()')
    await answered
    await expect(policyJson(page)).toHaveValue(before)
    await expect(tests(page)).toHaveCount(3)
  })
  await expectAccessible(page, 'the policy lab in use')
  const parts = [...token.split('.'), 'x-ms-isolation-tee']
  expect(sent.filter((body) => parts.some((part) => body.includes(part)))).toEqual([])
})

test('what is typed is never lost: broken JSON, the tutorials’ dialect, a template over one’s own; by keyboard', async ({
  browser,
}) => {
  const page = await openAs(browser, officerWith(['approver']))
  await page.goto('/releases/lab')
  await page.getByRole('button', { name: 'Add an authority' }).press('Enter')
  await page.getByLabel('Authority', { exact: true }).fill('https://mine.weu.attest.azure.net')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('radio', { name: 'Any of these' })).toBeChecked()
  await page.keyboard.press('Tab')
  await page.keyboard.type('x-ms-sgx-product-id')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('e')
  await page.getByLabel('Comparison of condition 1 of authority 1').selectOption('number')
  await page.getByLabel('Value of condition 1 of authority 1').fill('7')
  const own = {
    version: '1.0.0',
    anyOf: [{ authority: 'https://mine.weu.attest.azure.net', anyOf: [{ claim: 'x-ms-sgx-product-id', equals: 7 }] }],
  }
  expect(JSON.parse(await policyJson(page).inputValue())).toEqual(own)
  await expect(page.getByRole('list', { name: 'What to look at' })).toContainText('can be debugged')

  await test.step('a condition goes into a group, the group gets another one, and is dissolved: by keyboard, in step with the JSON', async () => {
    const written = async () => JSON.parse(await policyJson(page).inputValue()).anyOf[0].anyOf
    await page.getByRole('button', { name: 'Put condition 1 of authority 1 into a group' }).press('Enter')
    await expect(page.getByLabel('Claim of condition 1 of condition 1 of authority 1')).toBeFocused()
    expect(await written()).toEqual([{ allOf: [{ claim: 'x-ms-sgx-product-id', equals: 7 }] }])
    await page.getByRole('button', { name: 'Add a group to condition 1 of authority 1' }).press('Enter')
    const inner = page.getByLabel('Claim of condition 1 of condition 2 of condition 1 of authority 1')
    await expect(inner).toBeFocused()
    await page.keyboard.type('x-ms-sgx-svn')
    expect(await written()).toMatchObject([{ allOf: [{}, { anyOf: [{ claim: 'x-ms-sgx-svn', equals: '' }] }] }])
    await expect(page.getByRole('list', { name: 'What to look at' })).toContainText('stand inside conditions')
    await expectAccessible(page, 'the policy lab with groups in groups')
    await page.getByRole('button', { name: 'Remove condition 2 of condition 1 of authority 1' }).press('Enter')
    await page.getByRole('button', { name: 'Dissolve condition 1 of authority 1' }).press('Enter')
    await expect(page.getByLabel('Claim of condition 1 of authority 1')).toBeFocused()
    expect(JSON.parse(await policyJson(page).inputValue())).toEqual(own)
  })

  await test.step('a policy of Microsoft’s is known again in any writing, and says whom it trusts', async () => {
    const before = await policyJson(page).inputValue()
    await page
      .getByLabel('Start from a template')
      .selectOption({ label: 'Microsoft’s for confidential VMs, all its regions' })
    await page.getByRole('button', { name: 'Use this template' }).click()
    await expect(page.getByText(/This is a default policy of Microsoft’s/)).toBeVisible()
    await policyJson(page).fill(JSON.stringify(JSON.parse(await policyJson(page).inputValue())))
    await expect(page.getByText(/This is a default policy of Microsoft’s/)).toBeVisible()
    await policyJson(page).fill((await policyJson(page).inputValue()).replace('sharedeus.', 'mine.'))
    await expect(page.getByText(/This is a default policy of Microsoft’s/)).toHaveCount(0)
    await policyJson(page).fill(before)
    await expect(page.getByLabel('Claim of condition 1 of authority 1')).toHaveValue('x-ms-sgx-product-id')
  })

  await test.step('JSON that breaks keeps the conditions, and says where', async () => {
    const text = await policyJson(page).inputValue()
    await policyJson(page).fill(text.replace('"equals": 7', '"equals": 7,,'))
    await expect(page.getByText(/^Error: Line \d+, column \d+: The JSON can’t be read from here on/)).toBeVisible()
    await expect(page.getByLabel('Claim of condition 1 of authority 1')).toHaveValue('x-ms-sgx-product-id')
    await expect(page.getByLabel('Claim of condition 1 of authority 1')).toBeDisabled()
    await expectAccessible(page, 'the policy lab with broken JSON')
    await page.getByRole('button', { name: 'Go back to these' }).click()
    expect(JSON.parse(await policyJson(page).inputValue())).toEqual(own)
    await page.getByRole('button', { name: 'Bring it back' }).click()
    expect(await policyJson(page).inputValue()).toContain('7,,')
    await page.getByRole('button', { name: 'Go back to these' }).click()
  })

  await test.step('the dialect of tutorials is named, and translated', async () => {
    await policyJson(page).fill(
      '{"attestation":{"type":"maa","endpoint":"https://mine.weu.attest.azure.net"},"rules":[{"claim":"x-ms-compliance-status","equals":"azure-compliant-cvm"}]}',
    )
    await expect(page.getByText(/dialect of tutorials/)).toBeVisible()
    await page.getByRole('button', { name: 'Take the translation' }).click()
    await expect(page.getByLabel('Claim of condition 1 of authority 1')).toHaveValue('x-ms-compliance-status')
    await expect(page.getByText('steps into none of the known traps')).toBeVisible()
  })

  await test.step('a template in place of it gives it back', async () => {
    const before = await policyJson(page).inputValue()
    await page.getByLabel('Start from a template').selectOption({ label: 'SGX enclave' })
    await page.getByRole('button', { name: 'Use this template' }).click()
    await expect(page.getByRole('list', { name: 'What to look at' })).toContainText('placeholder')
    await page.getByRole('button', { name: 'Bring it back' }).click()
    await expect(policyJson(page)).toHaveValue(before)
  })
})

test('the import wizard has the same editor: what it writes is what preflight judges', async ({ browser }) => {
  const page = await openAs(browser, officerWith(['custodian']))
  const kek = await makeKek(page)
  await openFileStep(page, kek.id)
  await giveFile(page, await sealNewKey(kek.name))
  await goOn(page)
  await expectStep(page, 'Describe the key')
  await describeKey(page, uniqueName('exportable'))
  await page.getByRole('checkbox', { name: /^Exportable/ }).check()
  await page.getByLabel('Start from a template').selectOption({ label: 'SGX enclave' })
  await page.getByRole('button', { name: 'Use this template' }).click()
  await page.getByLabel('Value of condition 3 of authority 1').fill('dbb1')
  await expectAccessible(page, 'the wizard with the policy editor')
  await goOn(page)
  await expectStep(page, 'Preflight')
  await expect(page.getByText(/A template’s placeholder is still there.*your-provider/).first()).toBeVisible()
  await page.goBack()
  await expect(page.getByLabel('Value of condition 3 of authority 1')).toHaveValue('dbb1')
})
