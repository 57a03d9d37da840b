/** Small choices that outlive a page, such as the columns of a list. Storage may be refused. */
export function recall(name: string): string | null {
  try {
    return localStorage.getItem(`florin.${name}`)
  } catch {
    return null
  }
}

export function remember(name: string, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`florin.${name}`)
    else localStorage.setItem(`florin.${name}`, value)
  } catch {
    // The choice then lasts as long as the address holds it.
  }
}
