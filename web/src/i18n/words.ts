/** The other language's catalogue: the same keys, other words. A missing key does not compile. */
export type Words<T> = { readonly [K in keyof T]: T[K] extends string ? string : Words<T[K]> }
