/** Where a meter draws; `process.stdout` and `process.stderr` are of this shape. */
export type Screen = {
  readonly isTTY?: boolean
  readonly write: (text: string) => unknown
}

const WIDTH = 30

/**
 * Shows how far something is: a bar that moves on a terminal, a line for each tenth elsewhere. At
 * the end the bar is wiped, so that what is said next stands alone.
 */
export function meter(label: string, screen: Screen): (done: number, total: number) => void {
  let shown = -1
  return (done, total) => {
    const percent = total === 0 ? 100 : Math.floor((done * 100) / total)
    if (percent === shown) return
    if (screen.isTTY) {
      const full = Math.round((percent * WIDTH) / 100)
      const bar = '█'.repeat(full) + '░'.repeat(WIDTH - full)
      screen.write(percent === 100 ? '\r\u001b[K' : `\r${label}  ${bar} ${percent} %`)
    } else if (Math.floor(percent / 10) > Math.floor(shown / 10)) {
      screen.write(`${label}: ${percent} %\n`)
    }
    shown = percent
  }
}
