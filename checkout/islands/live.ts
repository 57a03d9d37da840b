/**
 * What a hosted page gains from JavaScript; without this file it still takes the payment. It looks
 * at the payment's status and exchanges the parts that changed, says when the connection is gone,
 * shows the time left, and keeps a form from being sent twice.
 */
import { TRUSTED_TYPES_POLICY } from '../policy.ts'
import type { CheckoutStatus } from '../props.ts'
import { clockText, waitMs } from './pace.ts'

type Policy = { createHTML(html: string): string }
type Factory = { createPolicy(name: string, rules: Policy): Policy }

/** A browser that knows Trusted Types lets only this policy write markup (see policy.ts). */
const factory = (window as { trustedTypes?: Factory }).trustedTypes
const same: Policy = { createHTML: (html) => html }
const policy = factory?.createPolicy(TRUSTED_TYPES_POLICY, same) ?? same

const main = document.querySelector('main') as HTMLElement
const offline = document.querySelector<HTMLElement>('[data-offline]')
const all = <E extends HTMLElement>(selector: string) => document.querySelectorAll<E>(selector)

/** Exchanges part by part, so that the status region stays in place and its new words are read. */
function show(status: CheckoutStatus): void {
  const fresh = document.createElement('template')
  fresh.innerHTML = policy.createHTML(status.html)
  const held = main.contains(document.activeElement) || document.activeElement === document.body
  for (const part of all('[data-part]')) {
    const next = fresh.content.querySelector(`[data-part=${part.dataset.part}]`)
    if (!next) continue
    part.className = next.className
    part.replaceChildren(...next.childNodes)
  }
  document.title = status.title
  main.dataset.watch = status.watch
  main.dataset.fingerprint = status.fingerprint
  if (held) main.querySelector('h1')?.focus()
  countDown()
}

let looks = 0
let timer = 0
let looking = false

async function look(): Promise<void> {
  const url = main.dataset.status
  clearTimeout(timer)
  if (!url || looking || main.dataset.watch === 'never') return
  looking = true
  try {
    const reply = await fetch(url, { headers: { accept: 'application/json' }, cache: 'no-store' })
    if (reply.ok) {
      const status: CheckoutStatus = await reply.json()
      if (status.fingerprint !== main.dataset.fingerprint) {
        looks = 0
        show(status)
      }
    }
    setOffline(false)
  } catch {
    setOffline(true)
  }
  looking = false
  if (main.dataset.watch === 'always' && !document.hidden) {
    timer = window.setTimeout(look, waitMs(looks++))
  }
}

function setOffline(is: boolean): void {
  if (offline) offline.textContent = is ? (offline.dataset.offline ?? '') : ''
}

function lookNow(): void {
  looks = 0
  void look()
}

/** The server says how many seconds are left: the payer's clock may be wrong. */
let ticking = 0
function countDown(): void {
  clearInterval(ticking)
  const place = document.querySelector<HTMLElement>('[data-left]')
  if (!place) return
  const end = performance.now() + Number(place.dataset.left) * 1000
  const tick = () => {
    const left = Math.max(0, (end - performance.now()) / 1000)
    place.textContent = (place.dataset.text ?? '').replace('{left}', clockText(left))
    if (left > 0) return
    clearInterval(ticking)
    lookNow()
  }
  ticking = window.setInterval(tick, 1000)
  tick()
}

function setBusy(button: HTMLButtonElement, busy: boolean): void {
  button.disabled = busy
  const { label, busy: text } = button.dataset
  if (busy) button.dataset.label ??= button.textContent ?? ''
  if (busy && text) button.textContent = text
  if (!busy && label) button.textContent = label
}

document.addEventListener('submit', (event) => {
  const form = event.target as HTMLFormElement
  for (const button of form.querySelectorAll('button')) setBusy(button, true)
})

document.addEventListener('click', (event) => {
  if ((event.target as Element).closest('[data-print]')) print()
})

/** Back from the gateway may bring the page out of the cache exactly as it was left. */
addEventListener('pageshow', (event) => {
  if (!event.persisted) return
  for (const button of all<HTMLButtonElement>('button[data-busy]')) setBusy(button, false)
  lookNow()
})
addEventListener('online', lookNow)
addEventListener('offline', () => setOffline(true))
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) lookNow()
})

for (const button of all('[data-print]')) button.hidden = false
if (main.dataset.watch === 'always') timer = window.setTimeout(look, waitMs(looks++))
countDown()
