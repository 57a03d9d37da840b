/**
 * French spaces: narrow and unbreakable before ; ! ? » % and after «, unbreakable before a colon.
 * The catalogue is written with ordinary spaces, which people can type and see.
 */
export const typesetFrench = (text: string): string =>
  text
    .replaceAll(/ ([;!?»%])/g, '\u202f$1')
    .replaceAll('« ', '«\u202f')
    .replaceAll(' :', '\u00a0:')

type Tree = { readonly [key: string]: string | Tree }

export const mapWords = (tree: Tree, change: (text: string) => string): Tree =>
  Object.fromEntries(
    Object.entries(tree).map(([key, value]) => [
      key,
      typeof value === 'string' ? change(value) : mapWords(value, change),
    ]),
  )
