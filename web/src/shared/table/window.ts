/** Which rows of a long list to draw: those on the screen and a few around them. */
export interface Slice {
  first: number;
  last: number;
  before: number;
  after: number;
}

export const WINDOW_FROM = 200;
const AROUND = 12;

/** `scrolled` and `height` in px, all rows of one height; below 200 rows everything is drawn. */
export function slice(count: number, rowHeight: number, scrolled: number, height: number): Slice {
  if (count <= WINDOW_FROM) return { first: 0, last: count, before: 0, after: 0 };
  const first = Math.max(0, Math.min(count, Math.floor(scrolled / rowHeight) - AROUND));
  const last = Math.min(count, Math.ceil((scrolled + height) / rowHeight) + AROUND);
  return { first, last, before: first * rowHeight, after: (count - last) * rowHeight };
}
