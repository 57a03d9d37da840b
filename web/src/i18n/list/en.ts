export const list = {
  title: 'List',
}
