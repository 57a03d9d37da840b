import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { html } from 'htm/preact'
import type { ComponentChild, VNode } from 'preact'
import { renderToString } from 'preact-render-to-string'
import { HTTP_REFUSALS } from './problem.ts'
import { curlOf } from './reference-example.ts'
import {
  type Answer,
  anchor,
  type OpenApi,
  type Operation,
  type Parameter,
  type Refusal,
  readOperations,
  readProblem,
  refusalsOfAll,
} from './reference-operations.ts'
import {
  type Names,
  type Row,
  readNames,
  rowOf,
  rowsOf,
  type Schema,
  type TypeText,
  typeOf,
} from './reference-schema.ts'

/** The one stylesheet of the page. */
export const apiReferenceStyles: string = readFileSync(
  join(import.meta.dirname, 'reference.css'),
  'utf8',
)

/** `code` between backticks, as descriptions are written. */
const inline = (text: string): ComponentChild[] =>
  text.split('`').map((piece, index) => (index % 2 === 1 ? html`<code>${piece}</code>` : piece))

const paragraphs = (text: string): VNode[] =>
  text
    .split(/\n{2,}/)
    .filter((part) => part.trim() !== '')
    .map((part) => html`<p>${inline(part)}</p>`)

const objectLink = (name: string): VNode => html`<a href=${`#object-${anchor(name)}`}>${name}</a>`

const methodView = (method: string): VNode =>
  html`<span class=${`method ${method}`}>${method.toUpperCase()}</span>`

const typeView = ({ before, name, after }: TypeText): VNode =>
  html`<span class="type">${before}${name !== null && objectLink(name)}${after}</span>`

const codes = (values: readonly string[]): ComponentChild[] =>
  values.map((value, index) => html`${index > 0 && ', '}<code>${value}</code>`)

const rowView = ({ path, type, required, description, values, limits }: Row): VNode =>
  html`<tr>
    <th scope="row">
      <code>${path}</code> ${typeView(type)}
      ${required && html`<span class="required">required</span>`}
    </th>
    <td>
      ${description && paragraphs(description)}
      ${values.length > 0 && html`<p>${values.length > 1 && 'One of '}${codes(values)}</p>`}
      ${limits.length > 0 && html`<p class="limits">${inline(limits.join(' · '))}</p>`}
    </td>
  </tr>`

const columns = (first: string): VNode =>
  html`<colgroup><col class="first" /><col /></colgroup>
    <thead><tr><th scope="col">${first}</th><th scope="col">Meaning</th></tr></thead>`

function table(caption: string, rows: readonly Row[]): VNode | null {
  if (rows.length === 0) return null
  return html`<table>
    <caption>${caption}</caption>
    ${columns('Field')}
    <tbody>${rows.map(rowView)}</tbody>
  </table>`
}

const PLACES: Readonly<Record<string, string>> = {
  path: 'Path',
  query: 'Query',
  header: 'Headers',
}

function parameterTables(parameters: readonly Parameter[], names: Names): (VNode | null)[] {
  return Object.entries(PLACES).map(([place, caption]) => {
    const here = parameters.filter((each) => each.in === place)
    const rows = here.map(({ name, required, description, schema = {} }) => {
      const row = rowOf(name, schema, required === true, names)
      return { ...row, description: description ?? row.description }
    })
    return table(caption, rows)
  })
}

function answerView({ status, type, schema }: Answer, names: Names): VNode {
  const rows = schema && names.nameOf(schema) === null ? rowsOf(schema, names) : []
  const said = schema ? typeView(typeOf(schema, names)) : (type ?? 'No content.')
  return table(`Answer ${status}`, rows) ?? html`<h4>Answer ${status}</h4><p>${said}</p>`
}

/** Where a problem's `type` leads: the first place on the page that tells its code. */
type Anchors = Set<string>

function anchorOf(code: string, anchors: Anchors): string | null {
  if (anchors.has(code)) return null
  anchors.add(code)
  return `error-${code}`
}

function refusalTable(
  caption: string,
  refusals: readonly Refusal[],
  anchors: Anchors,
): VNode | null {
  if (refusals.length === 0) return null
  return html`<table>
    <caption>${caption}</caption>
    ${columns('Code')}
    <tbody>
      ${refusals.map(
        ({ code, status, title }) => html`<tr id=${anchorOf(code, anchors)}>
          <th scope="row"><code>${code}</code> <span class="type">${status}</span></th>
          <td><p>${title}</p></td>
        </tr>`,
      )}
    </tbody>
  </table>`
}

type Told = {
  readonly names: Names
  readonly origin: string
  readonly everywhere: ReadonlySet<string>
  readonly anchors: Anchors
}

function operationView(operation: Operation, told: Told): VNode {
  const { names, origin, everywhere, anchors } = told
  const { id, method, path, summary, text, permission, body, parameters } = operation
  const headers = parameters.filter((each) => each.in === 'header' && each.required)
  const own = operation.refusals.filter(({ code }) => !everywhere.has(code))
  const call = { ...operation, origin, headers: headers.map(({ name }) => name) }
  return html`<section class="operation" id=${id} aria-labelledby=${`${id}-title`}>
    <h3 id=${`${id}-title`}><a href=${`#${id}`}>${summary}</a></h3>
    <p class="route">${methodView(method)} <code>${path}</code></p>
    ${permission && html`<p class="permission">Permission <code>${permission}</code></p>`}
    ${paragraphs(text)} ${parameterTables(parameters, names)}
    ${body && table('Request body', rowsOf(body, names))}
    ${operation.answers.map((answer) => answerView(answer, names))}
    ${refusalTable('Refusals', own, anchors)}
    <h4>Example</h4>
    <pre><code>${curlOf(call, names)}</code></pre>
  </section>`
}

const objectView = ([name, schema]: readonly [string, Schema], names: Names): VNode => {
  const id = `object-${anchor(name)}`
  return html`<section class="operation" id=${id} aria-labelledby=${`${id}-title`}>
    <h3 id=${`${id}-title`}><a href=${`#${id}`}>${name}</a></h3>
    ${paragraphs(schema.description ?? '')} ${table('Fields', rowsOf(schema, names))}
  </section>`
}

/** Amounts have a name on this page even where the document repeats them in full. */
const MONEY: Schema = {
  description: 'An amount: a decimal string with at most the decimals of its currency.',
  properties: {
    value: { type: 'string', description: 'A decimal string, never a number: `10.00`.' },
    currency: { type: 'string', description: 'ISO 4217, or `BTC`, `ETH`, `USDC`…' },
  },
  required: ['value', 'currency'],
}

type Groups = ReadonlyMap<string, readonly Operation[]>

function contents(groups: Groups, objects: ReadonlyMap<string, Schema>): VNode {
  const group = (title: string, links: VNode[]): VNode =>
    html`<li><a href=${`#${anchor(title)}`}>${title}</a><ul>${links}</ul></li>`
  const operations = [...groups].map(([tag, list]) =>
    group(
      tag,
      list.map(
        ({ id, method, summary }) => html`<li>
          <a href=${`#${id}`}>${methodView(method)} ${summary}</a>
        </li>`,
      ),
    ),
  )
  const names = [...objects.keys()].map((name) => html`<li>${objectLink(name)}</li>`)
  return html`<nav id="contents" aria-label="Contents" tabindex="-1">
    <ul>${operations} ${group('Objects', names)}</ul>
  </nav>`
}

const OF_EVERY_ROUTE: readonly Refusal[] = Object.entries(HTTP_REFUSALS).map(
  ([code, { status, title }]) => ({ code, status: String(status), title: `${title}.` }),
)

function introduction(document: OpenApi, everywhere: readonly Refusal[], told: Told): VNode {
  const { info = {} } = document
  const { origin, anchors } = told
  return html`<header>
    <h1>${info.title ?? 'API'} <span class="version">${info.version}</span></h1>
    <p class="jump"><a href="#contents">Contents</a></p>
    ${paragraphs(info.description ?? '')}
    <p>
      Send requests to <code>${origin}</code> with the header
      ${' '}<code>Authorization: Bearer sk_test_…</code>; a key belongs to one mode, test or live.
      Every refusal is ${objectLink('Problem')} as <code>application/problem+json</code>.
      The same document for machines: <a href="/openapi.json">/openapi.json</a>.
    </p>
    ${refusalTable('Any request may be refused with', everywhere, anchors)}
  </header>`
}

function resource(tag: string, operations: readonly Operation[], told: Told): VNode {
  return html`<section class="resource" aria-labelledby=${anchor(tag)}>
    <h2 id=${anchor(tag)}>${tag}</h2>
    ${operations.map((operation) => operationView(operation, told))}
  </section>`
}

/**
 * `openapi` (3.1) as one page without scripts. It names only our own stylesheet, `/docs/api.css`,
 * and `/openapi.json`; the page changes only with the document, so it can be drawn once.
 */
export function renderApiReference(openapi: object): string {
  const document = openapi as OpenApi
  const names = readNames(openapi)
  const groups = readOperations(document)
  const alike = refusalsOfAll([...groups.values()].flat())
  const further = alike.filter(({ code }) => !Object.hasOwn(HTTP_REFUSALS, code))
  const everywhere = [...OF_EVERY_ROUTE, ...further]
  const origin = document.servers?.[0]?.url ?? 'http://localhost:8080'
  const problem = readProblem(document)
  const codesOfAll = new Set(everywhere.map(({ code }) => code))
  const told: Told = { names, origin, everywhere: codesOfAll, anchors: new Set() }
  const objects = new Map([['Money', MONEY] as const, ['Problem', problem], ...names.schemas])
  const page = html`<html lang="en">
    <head>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <meta name="color-scheme" content="light dark" />
      <title>${document.info?.title ?? 'API'} reference</title>
      <link rel="icon" href="data:," />
      <link rel="stylesheet" href="/docs/api.css" />
    </head>
    <body>
      <main>
        ${introduction(document, everywhere, told)}
        ${[...groups].map(([tag, operations]) => resource(tag, operations, told))}
        <section class="resource" aria-labelledby="objects">
          <h2 id="objects">Objects</h2>
          ${[...objects].map((object) => objectView(object, names))}
        </section>
      </main>
      ${contents(groups, objects)}
    </body>
  </html>`
  return `<!doctype html>${renderToString(page)}`
}
