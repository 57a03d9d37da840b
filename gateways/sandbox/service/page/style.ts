import { createHash } from 'node:crypto'

/** Colours are the checkout's light and dark themes; controls use the border with 3:1 contrast. */
export const STYLE = `
:root { color-scheme: light dark;
  --bg: #ffffff; --fg: #17202a; --muted: #566573; --primary: #1f5fd6; --on-primary: #ffffff;
  --divider: #d5dbdb; --control: #7f8c8d; --alert: #a61b1b; --alert-bg: #fdeceb;
  --banner: #fff3c4; --on-banner: #4a3800; }
@media (prefers-color-scheme: dark) { :root {
  --bg: #12161c; --fg: #eef2f6; --muted: #a9b4c0; --primary: #7fb0ff; --on-primary: #0b1220;
  --divider: #2c3642; --control: #66788a; --alert: #ffb4ab; --alert-bg: #3b1513;
  --banner: #3d3200; --on-banner: #ffe58a; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--bg); color: var(--fg); font: 1rem/1.5 system-ui, sans-serif; }
.banner { background: var(--banner); color: var(--on-banner); padding: .5rem 1rem;
  text-align: center; font-weight: 600; margin: 0; }
.page { max-width: 480px; margin: 0 auto; padding: 1rem; }
.wide { max-width: 720px; }
.top { display: flex; justify-content: space-between; align-items: center; gap: 1rem; }
.top p { margin: 0; font-weight: 600; }
a { color: var(--primary); }
h1 { font-size: 1.25rem; margin: 0 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1rem; margin: 1.5rem 0 .25rem; }
p { margin: .25rem 0; overflow-wrap: anywhere; }
.amount { font-size: 2rem; font-weight: 700; line-height: 1.2; overflow-wrap: anywhere; }
.muted { color: var(--muted); }
label { display: block; font-weight: 600; margin-top: 1rem; }
input { width: 100%; font: inherit; font-size: 1.125rem; padding: .625rem .75rem;
  margin-top: .25rem; color: var(--fg); background: var(--bg); border: 1px solid var(--control);
  border-radius: 8px; }
input[aria-invalid=true] { border: 2px solid var(--alert); }
.problem { color: var(--alert); background: var(--alert-bg); padding: .5rem .75rem;
  border-radius: 8px; margin-top: .5rem; }
button, .button { display: block; width: 100%; min-height: 44px; font: inherit; font-weight: 600;
  padding: .5rem 1rem; margin-top: .75rem; border-radius: 8px; cursor: pointer; text-align: center;
  text-decoration: none; border: 1px solid var(--control); background: var(--bg);
  color: var(--fg); }
.primary { background: var(--primary); color: var(--on-primary); border-color: var(--primary); }
:focus-visible { outline: 3px solid var(--primary); outline-offset: 2px; }
.cards { list-style: none; margin: 0; padding: 0; }
.cards button { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem;
  text-align: left; margin-top: .5rem; font-weight: 400; }
.number { font-variant-numeric: tabular-nums; font-weight: 600; white-space: nowrap; }
dl { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 2fr); gap: .25rem 1rem; }
dt { color: var(--muted); } dd { margin: 0; overflow-wrap: anywhere; }
table { width: 100%; border-collapse: collapse; margin: .5rem 0; }
th, td { text-align: left; padding: .375rem .5rem .375rem 0; vertical-align: top;
  border-bottom: 1px solid var(--divider); overflow-wrap: anywhere; }
@media (max-width: 30rem) { dl, tr { display: block; } td { display: block; border: 0; padding: 0; }
  tr { border-bottom: 1px solid var(--divider); padding: .375rem 0; } thead { display: none; }
  dd { margin-bottom: .375rem; } }
`

const digest = createHash('sha256').update(STYLE).digest('base64')

/**
 * No script, no other host. `form-action` is left out on purpose: browsers apply it to the
 * redirects that follow a form, and the payer goes back to a page we do not know.
 */
export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'content-security-policy':
    `default-src 'none'; style-src 'sha256-${digest}'; img-src data:; base-uri 'none'; ` +
    `frame-ancestors 'none'`,
  'cache-control': 'no-store',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex',
}
