import { describe, expect, it } from 'vitest'
import type { Locale } from './ast.ts'
import { normalise, parse, type QueryError, VOCABULARIES } from './index.ts'
import { MAX_ERRORS } from './limits.ts'

const { payments } = VOCABULARIES

function canonical(text: string, locale: Locale = 'en'): string {
  const read = parse(text, payments, { locale })
  if (!read.ok) throw new Error(`${text}: ${read.errors.map((e) => e.sentence).join(' ')}`)
  return normalise(read.query)
}

function errorsOf(text: string, locale: Locale = 'en'): readonly QueryError[] {
  const read = parse(text, payments, { locale })
  return read.ok ? [] : read.errors
}

const PAY = 'pay_01h455vb4pex5vsknk084sn02q'
const CUS = 'cus_01h455vb4pex5vsknk084sn02q'
const TXN = 'txn_01h455vb4pex5vsknk084sn02q'

describe('the language in its own words', () => {
  it.each([
    'status:failed amount:>100',
    'status:unpaid created:last_month',
    'amount:10..20 currency:EUR,USD',
    '-gateway:paypal has:customer',
    'meta.order_ref:A-17',
    'is:needs_action by:marie',
    'created:>2026-10-01T14:00',
    'created:2026-10-01..2026-10-15',
    'created:7d updated:24h processed:3mo expires:tomorrow',
    'created:2026,2026-10,>=2026-10-01T14:00:30.250+02:00',
    'reason:none -has:customer -is:test',
    'name:dup* ref:*17 text:*late*',
    'name:"Jean Dupont" "rue de la Paix" -"a: b"',
    'name:"none" ref:"a,b" ref:"*" ref:">5" text:"say \\"hi\\" \\\\o/"',
    `id:${PAY} customer:${CUS} customer:dupont`,
    'amount:>=-5 amount:-5..0',
    'env:both last4:4242 country:FR',
    '4242 49,90 ana@example.com pi_3Nabc123',
    '',
  ])('[P-022] [F-021] %s is canonical', (text) => {
    expect(canonical(text)).toBe(text)
  })

  it.each([
    ['  status:failed   amount:>100 ', 'status:failed amount:>100'],
    ['STATUS:Failed', 'status:failed'],
    ['status:SUCCEEDED,completed,paid', 'status:succeeded'],
    ['status:failed is:test status:failed', 'status:failed is:test'],
    ['type:topup', 'purpose:top_up'],
    ['env:sandbox,production', 'env:test,live'],
    ['currency:eur', 'currency:EUR'],
    ['gateway:Stripe', 'gateway:stripe'],
    ['amount:>0100.50', 'amount:>100.5'],
    ['amount:..20 amount:10..', 'amount:<=20 amount:>=10'],
    ['amount:10,20', 'amount:10.0,20'],
    ['amount:10..20,5', 'amount:10..20.0,5'],
    ['amount:>1 "234"', 'amount:>1 "234"'],
    ['created:"last month"', 'created:last_month'],
    ['created:2026-1-5', 'created:2026-01-05'],
    ['created:"2026-10-01 14:00"', 'created:2026-10-01T14:00'],
    ['status:refunded', 'is:refunded'],
    ['-status:disputed', '-is:disputed'],
    ['status:partial', 'status:partially_paid'],
    ['metadata.Cart:9', 'meta.Cart:9'],
    ['dup*', 'dup'],
    ['“Jean Dupont” «rue»', '"Jean Dupont" rue'],
    ['ref:a\\,b', 'ref:"a,b"'],
    ['reason:customer_closed,declined', 'reason:customer_closed,card_declined'],
  ])('%s means %s', (typed, meant) => {
    expect(canonical(typed)).toBe(meant)
  })
})

describe('French', () => {
  it.each([
    ['montant:>100,50', 'amount:>100.5'],
    ['montant:49,90', 'amount:49.9'],
    ['montant:10,5..20,75', 'amount:10.5..20.75'],
    ['montant:>100,50,<5', 'amount:>100.5,<5'],
    ['montant:10.5,20', 'amount:10.5,20'],
    ['montant:10,20,30.5', 'amount:10.2,30.5'],
    ['montant:>1\u202f234,50', 'amount:>1234.5'],
    ['montant:"1 234,50"', 'amount:1234.5'],
    ['statut:payé', 'status:succeeded'],
    ['statut:impayé créé:mois_dernier', 'status:unpaid created:last_month'],
    ["créé:aujourd'hui,hier", 'created:today,yesterday'],
    ['créé:7j créé:2sem créé:3mois', 'created:7d created:2w created:3mo'],
    ['est:action_requise -avec:client motif:aucun', 'is:needs_action -has:customer reason:none'],
    ['statut:remboursé', 'is:refunded'],
    ['amount:10.0,20', 'amount:10.0,20'],
    ['environnement:les_deux', 'env:both'],
  ])('%s means %s', (typed, meant) => {
    expect(canonical(typed, 'fr')).toBe(meant)
  })

  it('refuses a row of numbers that can be read in two ways', () => {
    const [error] = errorsOf('montant:49,90,100', 'fr')
    expect(error).toMatchObject({ code: 'ambiguous_decimal', position: { offset: 8, length: 9 } })
  })

  it('keeps comma as OR in English', () => {
    expect(canonical('montant:100,50')).toBe('amount:100.0,50')
  })

  it('says what is wrong in French', () => {
    expect(errorsOf('statu:payé', 'fr')[0]).toMatchObject({
      sentence: 'Filtre inconnu « statu ». Vouliez-vous dire statut ?',
      candidates: ['status'],
    })
  })
})

describe('nothing is silently ignored', () => {
  it.each([
    ['statsu:failed', 'unknown_key', 0, 6, ['status']],
    ['gatway:stripe', 'unknown_key', 0, 6, ['gateway']],
    ['foo -zzzzzz:1', 'unknown_key', 5, 6, []],
    ['manual:true', 'unknown_key', 0, 6, ['is:manual']],
    ['meta:x', 'meta_needs_key', 0, 4, []],
    ['is:manul', 'unknown_flag', 3, 5, ['manual']],
    ['is:failed', 'unknown_flag', 3, 6, ['status:failed']],
    ['is:manual,late', 'one_name', 3, 11, []],
    ['is:possible_duplicate', 'unknown_flag', 3, 18, []],
    ['status:failed,faild', 'unknown_value', 14, 5, ['failed']],
    ['status:refunded,failed', 'flag_in_list', 7, 8, []],
    ['status:', 'missing_value', 7, 0, []],
    ['status:failed,', 'missing_value', 14, 0, []],
    ['status:""', 'missing_value', 9, 0, []],
    ['amount:>', 'missing_value', 7, 1, []],
    ['amount:..', 'missing_value', 7, 2, []],
    ['has:status', 'always_present', 4, 6, []],
    ['status:none', 'always_present', 7, 4, []],
    ['status:>failed', 'not_comparable', 7, 7, []],
    ['name:>anna', 'not_comparable', 5, 5, []],
    ['name:*du*pont*', 'wildcard_misplaced', 5, 9, []],
    ['name:*', 'wildcard_misplaced', 5, 1, []],
    ['amount:abc', 'bad_amount', 7, 3, []],
    ['amount:1e5', 'bad_amount', 7, 3, []],
    ['amount:0.0000000001', 'bad_amount', 7, 12, []],
    ['amount:1234567890123456', 'bad_amount', 7, 16, []],
    ['amount:20..10', 'range_reversed', 7, 6, []],
    ['amount:>1 234.50', 'split_amount', 8, 8, []],
    ['created:2026-02-30', 'bad_date', 8, 10, []],
    ['created:2026-10-01T25:00', 'bad_date', 8, 16, []],
    ['created:yestrday', 'bad_date', 8, 8, ['yesterday']],
    ['created:2026-10-15..2026-10-01', 'range_reversed', 8, 22, []],
    ['created:>7d', 'span_alone', 8, 3, []],
    ['created:30d..today', 'span_alone', 8, 10, []],
    ['status:xyz', 'unknown_value', 7, 3, []],
    ['currency:EURO', 'unknown_value', 9, 4, ['EUR']],
    ['last4:42', 'unknown_value', 6, 2, []],
    [`id:${CUS}`, 'bad_id', 3, 30, []],
    [`customer:${PAY}`, 'bad_id', 9, 30, []],
    [TXN, 'id_elsewhere', 0, 30, []],
    ['ab', 'text_too_short', 0, 2, []],
    ['- status:failed', 'text_too_short', 0, 1, []],
    ['>100', 'operator_without_key', 0, 4, []],
    ['ana "bob', 'unclosed_quote', 4, 4, []],
  ] as const)('%s is %s', (typed, code, offset, length, candidates) => {
    const errors = errorsOf(typed)
    expect(errors[0]).toMatchObject({ code, position: { offset, length }, candidates })
    expect(errors[0]?.sentence).toMatch(/\S+.*[.?]$/)
    expect(errors[0]?.sentence).not.toMatch(/[{}|]/)
  })

  it.each([
    ['a NUL', 'foo\u0000bar', 3],
    ['half a surrogate pair', 'foo \ud800 bar', 4],
    ['a control character in quotes', '"foo\u0007bar"', 4],
  ])('%s is refused', (_, typed, offset) => {
    const [error] = errorsOf(typed)
    expect(error).toMatchObject({ code: 'bad_character', position: { offset, length: 1 } })
  })

  it('names the nearest filter in a sentence', () => {
    const [error] = errorsOf('statsu:failed')
    expect(error?.sentence).toBe('Unknown filter "statsu". Did you mean status?')
  })

  it('reports every problem at once, up to a limit', () => {
    const codes = errorsOf('statsu:failed amount:abc is:manul').map(({ code }) => code)
    expect(codes).toEqual(['unknown_key', 'bad_amount', 'unknown_flag'])
    expect(errorsOf('xyz:1 '.repeat(30))).toHaveLength(MAX_ERRORS)
  })
})

describe('limits', () => {
  it.each([
    ['a'.repeat(2_000), 0],
    ['a'.repeat(2_001), 1],
    [Array.from({ length: 40 }, (_, i) => `ref:r${i}`).join(' '), 0],
    [Array.from({ length: 41 }, (_, i) => `ref:r${i}`).join(' '), 1],
    [`ref:${Array.from({ length: 50 }, (_, i) => `r${i}`).join(',')}`, 0],
    [`ref:${Array.from({ length: 51 }, (_, i) => `r${i}`).join(',')}`, 1],
  ])('%s: %i', (text, count) => {
    expect(errorsOf(text)).toHaveLength(count)
  })

  it('holds for the canonical form too', () => {
    const typed = `type:api ${'a'.repeat(1_990)}`
    expect(typed.length).toBeLessThan(2_000)
    expect(errorsOf(typed)[0]?.code).toBe('too_long')
  })
})
