import Type, { type TSchema } from 'typebox'
import { Value } from 'typebox/value'
import { describe, expect, it } from 'vitest'
import { CreateCheckoutSession, CreatePaymentLink } from '#contract/collecting.ts'
import { CreatePayment, CreateRefund, MarkPaid, Payment, Refund } from '#contract/payments.ts'
import { Problem } from '#contract/shapes.ts'
import { apiReferenceStyles, renderApiReference } from './reference.ts'
import { exampleOf } from './reference-example.ts'
import { readNames, rowsOf, type Schema } from './reference-schema.ts'

const plain = (schema: TSchema): Schema => JSON.parse(JSON.stringify(schema))
const json = (schema: unknown) => ({ content: { 'application/json': { schema } } })
const described = (lines: string) => `Permission: \`request_refund\`.\n\nRefusals:\n${lines}`
const BAD_REQUEST = '`body_invalid` (400): The body does not fit.'

const DOCUMENT = {
  openapi: '3.1.0',
  info: { title: 'Florin API', version: '9.9.9', description: 'Amounts are `strings`.' },
  servers: [{ url: 'https://pay.example.com' }],
  security: [{ key: [] }],
  components: { schemas: { Payment: plain(Payment) } },
  paths: {
    '/v1/payments/{id}/refunds': {
      post: {
        summary: 'Give money back',
        tags: ['Refunds'],
        description: described(
          `${BAD_REQUEST}\n\`refund_too_large\` (422): The refund is more than is left.`,
        ),
        'x-permission': 'request_refund',
        parameters: [
          { name: 'id', in: 'path', required: true, schema: { type: 'string', maxLength: 64 } },
          { name: 'idempotency-key', in: 'header', required: true, schema: { type: 'string' } },
        ],
        requestBody: json(plain(CreateRefund)),
        responses: { 201: json(plain(Refund)), default: json(plain(Problem)) },
      },
    },
    '/v1/payments': {
      get: {
        summary: 'List <payments>',
        tags: ['Payments'],
        description: described(BAD_REQUEST),
        parameters: [{ name: 'q', in: 'query', schema: { type: 'string' }, description: 'Filter' }],
        responses: {
          200: json({
            type: 'object',
            properties: {
              data: { type: 'array', items: { $ref: '#/components/schemas/Payment' } },
            },
          }),
          204: {},
        },
      },
    },
  },
}

const page = renderApiReference(DOCUMENT)
const section = (id: string): string =>
  new RegExp(`<section class="operation" id="${id}".*?</section>`, 's').exec(page)?.[0] ?? ''
const textOf = (html: string): string => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')

describe('the page', () => {
  it('is one document without scripts, with one stylesheet of ours', () => {
    expect(page.startsWith('<!doctype html><html lang="en">')).toBe(true)
    expect(page).not.toMatch(/<script|\son[a-z]+=|\sstyle=/)
    expect(
      [...page.matchAll(/(?:src|href)="((?:https?:)?\/[^"]*)"/g)].map(([, url]) => url),
    ).toEqual(['/docs/api.css', '/openapi.json'])
    expect(apiReferenceStyles).toContain('prefers-color-scheme: dark')
    expect(apiReferenceStyles).not.toMatch(/url\(|@import/)
  })

  it('leads from the contents to every operation and object, and no link is dead', () => {
    const ids = new Set([...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id))
    const targets = [...page.matchAll(/href="#([^"]+)"/g)].map(([, id]) => id)
    expect(targets).toContain('post-v1-payments-id-refunds')
    expect(targets).toContain('object-payment')
    expect(targets.filter((id) => !ids.has(id))).toEqual([])
    expect(ids.size).toBe([...page.matchAll(/ id="/g)].length)
  })

  it('escapes what the document says', () => {
    expect(page).toContain('List &lt;payments>')
    expect(page).not.toContain('<payments>')
  })

  it('tells a refusal of every request once, at the top, and the others where they belong', () => {
    expect(page.split('<code>body_invalid</code>').length - 1).toBe(1)
    expect(page).toContain('<tr id="error-body_invalid">')
    expect(textOf(section('post-v1-payments-id-refunds'))).toContain(
      'refund_too_large 422 The refund is more than is left.',
    )
  })
})

describe('an operation', () => {
  const refund = section('post-v1-payments-id-refunds')
  const text = textOf(refund)

  it('says method, path, permission and parameters', () => {
    expect(text).toContain('POST /v1/payments/{id}/refunds Permission request_refund')
    expect(text).toContain('id string required at most 64 characters')
    expect(text).toContain('idempotency-key string required')
  })

  it('says what the body holds: types, limits, what is required', () => {
    expect(text).toContain('amount Money An amount')
    expect(text).toContain('reason string required 3 to 500 characters')
    expect(text).toContain('dry_run boolean')
  })

  it('says what it answers: fields, or the name of what has a section of its own', () => {
    expect(text).toContain('Answer 201')
    expect(text).toContain('created_by.kind string required One of member , key , payer')
    const list = section('get-v1-payments')
    expect(textOf(list)).toContain('data array of Payment')
    expect(list).toContain('href="#object-payment"')
    expect(textOf(list)).toContain('Answer 204 No content.')
  })

  it('shows a call that can be copied', () => {
    const curl = refund.slice(refund.indexOf('<pre>')).replaceAll('&quot;', '"')
    expect(curl).toContain("curl -X POST 'https://pay.example.com/v1/payments/pay_01k")
    expect(curl).toContain("-H 'Authorization: Bearer sk_test_…'")
    expect(curl).toContain("-H 'idempotency-key: order-118-try-1'")
    expect(curl).toContain('"reason": "Asked for by the customer"')
  })
})

describe('reading schemas', () => {
  const names = readNames(DOCUMENT)
  const rowOf = (schema: TSchema, path: string) =>
    rowsOf(plain(schema), names).find((row) => row.path === path)

  it('follows references, and knows a named schema that was written out again', () => {
    expect(names.nameOf({ $ref: '#/components/schemas/Payment' })).toBe('Payment')
    expect(names.nameOf(plain(Payment))).toBe('Payment')
    expect(names.nameOf(plain(Refund))).toBe(null)
  })

  it('reads unions of values, nothing-or-something, maps and arrays', () => {
    expect(rowOf(Payment, 'status')).toMatchObject({
      type: { before: 'string' },
      values: expect.arrayContaining(['open', 'succeeded']),
    })
    expect(rowOf(Payment, 'credited_amount')?.type).toEqual({
      before: '',
      name: 'Money',
      after: ' or null',
    })
    expect(rowOf(Payment, 'metadata')?.type.before).toBe('map of string')
    expect(rowOf(Payment, 'card.last4')).toMatchObject({ required: true })
    expect(rowOf(Payment, 'transactions[].gateway')?.type.after).toBe(' or null')
  })

  it('ends where a schema contains itself', () => {
    const tree = { components: { schemas: { Tree: { type: 'object', properties: {} as object } } } }
    tree.components.schemas.Tree.properties = { child: { $ref: '#/components/schemas/Tree' } }
    expect(renderApiReference(tree)).toContain('id="object-tree"')
  })
})

describe('examples', () => {
  const names = readNames({})
  const schemas = {
    CreatePayment,
    CreateRefund,
    MarkPaid,
    CreateCheckoutSession,
    CreatePaymentLink,
  }

  it.each(Object.entries(schemas))('%s: its own schema accepts it', (_, schema) => {
    expect(Value.Errors(schema, exampleOf(plain(schema), names))).toEqual([])
  })

  it('keep to lengths, identifiers and closed sets', () => {
    const schema = Type.Object({
      text: Type.String({ minLength: 30 }),
      name: Type.String({ maxLength: 3 }),
      id: Type.String({ pattern: '^pay_[0-7][0-9a-hjkmnp-tv-z]{25}$' }),
      kind: Type.Union([Type.Literal('a'), Type.Literal('b')]),
      maybe: Type.Union([Type.Null(), Type.Integer({ minimum: 60 })]),
      list: Type.Array(Type.Boolean(), { minItems: 1 }),
    })
    expect(Value.Errors(schema, exampleOf(plain(schema), names))).toEqual([])
  })
})
