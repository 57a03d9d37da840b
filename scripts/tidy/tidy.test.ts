import { describe, expect, it } from 'vitest'
import { codeViolations } from './code.ts'
import { nameViolations } from './names.ts'
import { sizeViolations } from './size.ts'

const CAPABILITY = 'server/src/money/payments'
const rulesOf = (path: string, text: string): string[] =>
  codeViolations({ path, text }).map((violation) => violation.rule)

describe('words that the house says another way', () => {
  const noun = `${CAPABILITY}/payment.ts`
  it.each([
    ['Date.now()', 'clock'],
    ['new Date()', 'clock'],
    ['Math.random()', 'random'],
    ['process.env.PORT', 'config'],
    ['parseFloat(text)', 'money'],
    ['Number(payment.amount)', 'money'],
    ['+wire.balance', 'money'],
    ["console.log('x')", 'log'],
    ['enum Status { Paid }', 'enum'],
    ['export default 1', 'default-export'],
    ['let a: any', 'any'],
    ['describe.skip("x", () => {})', 'skipped-test'],
    ['it.only("x", () => {})', 'skipped-test'],
  ])('%s is %s', (text, rule) => {
    expect(rulesOf(noun, text)).toEqual([rule])
  })

  it.each([
    'new Date(clock.now())',
    'Number(page.limit)',
    'const text = "Date.now()"',
    '// Math.random is not used here',
    'const environment = config.env',
  ])('%s is fine', (text) => {
    expect(rulesOf(noun, text)).toEqual([])
  })

  it('lets only config.ts read the environment', () => {
    expect(rulesOf('server/src/config.ts', 'process.env.PORT')).toEqual([])
  })

  it('lets the browser and tests read the clock', () => {
    expect(rulesOf('web/src/ui/age.ts', 'Date.now()')).toEqual([])
    expect(rulesOf(`${CAPABILITY}/payment.test.ts`, 'Date.now()')).toEqual([])
  })
})

describe('SQL stands in stores', () => {
  const action = `${CAPABILITY}/actions/pay.ts`
  it.each([
    "'select id from payments'",
    '`\n  insert into payments (id) values ($1)`',
    // biome-ignore lint/suspicious/noTemplateCurlyInString: the planted text is a template itself
    '`update payments set status = ${status}`',
    '`with due as (select 1) select * from due`',
    "'SELECT id FROM payments'",
    'client.query(text)',
    'db.selectFrom(table)',
  ])('%s', (text) => {
    expect(rulesOf(action, text)).toContain('sql-only-in-store')
    expect(rulesOf(`${CAPABILITY}/store.ts`, text)).toEqual([])
  })

  it.each(["'Select a method to pay from the list'.length", "'update'", 'request.query.limit'])(
    '%s is no SQL',
    (text) => {
      expect(rulesOf(action, text)).toEqual([])
    },
  )
})

describe('sizes', () => {
  const lines = (count: number) => 'a()\n'.repeat(count)

  it('counts a function from its first to its last line', () => {
    const body = (count: number) => `const f = () => {\n${lines(count)}}\n`
    expect(rulesOf('cli/main.ts', body(58))).toEqual([])
    expect(rulesOf('cli/main.ts', body(59))).toEqual(['function-length'])
  })

  it('does not count the list of tests in a describe', () => {
    const text = `describe('x', () => {\n${lines(90)}})\n`
    expect(rulesOf('cli/main.test.ts', text)).toEqual([])
  })

  it('counts lines of files and READMEs, and columns', () => {
    const rules = (path: string, text: string) => sizeViolations({ path, text }).map((v) => v.rule)
    expect(rules('cli/main.ts', lines(400))).toEqual([])
    expect(rules('cli/main.ts', lines(401))).toEqual(['file-length'])
    expect(rules('cli/main.ts', 'é'.repeat(100))).toEqual([])
    expect(rules('cli/main.ts', 'é'.repeat(101))).toEqual(['line-length'])
    expect(rules('server/schema.sql', lines(401))).toEqual([])
    expect(rules(`${CAPABILITY}/README.md`, lines(41))).toEqual(['readme-length'])
    expect(rules('README.md', lines(900))).toEqual([])
  })
})

describe('names', () => {
  const named = (...paths: string[]) =>
    nameViolations(paths.map((path) => ({ path, text: '' }))).map((violation) => violation.rule)
  const whole = ['index.ts', 'README.md'].map((name) => `${CAPABILITY}/${name}`)

  it('a capability has a door and a README', () => {
    expect(named(...whole)).toEqual([])
    expect(named(`${CAPABILITY}/payment.ts`)).toEqual(['capability-door', 'capability-readme'])
  })

  it.each([
    ['utils/money.ts', 'folder-name'],
    ['payment-service.ts', 'file-name'],
    ['queries.ts', 'file-name'],
    ['PaymentFlow.ts', 'file-name'],
    ['actions/store.ts', 'capability-file'],
    ['actions/deep/pay.ts', 'capability-file'],
  ])('%s is refused by %s', (name, rule) => {
    expect(named(...whole, `${CAPABILITY}/${name}`)).toEqual([rule])
  })

  it('knows the bands', () => {
    expect(named('server/src/billing/plan.ts')).toContain('band')
  })
})
