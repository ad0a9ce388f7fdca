import { overlap, type Box } from "../box";

const CELL = 48; // pixels: some labels' height
const cellOf = (value: number) => Math.floor(value / CELL);

/** Boxes by the squares of a grid that they lie in, so that what overlaps is found without looking at all of them. */
export class Grid {
  private readonly columns = new Map<number, Map<number, Box[]>>();

  constructor(boxes: Box[]) {
    for (const box of boxes) this.add(box);
  }

  add(box: Box): void {
    for (let x = cellOf(box.x0); x <= cellOf(box.x1); x += 1) {
      const column = this.columns.get(x) ?? new Map<number, Box[]>();
      this.columns.set(x, column);
      for (let y = cellOf(box.y0); y <= cellOf(box.y1); y += 1) {
        const cell = column.get(y);
        if (cell) cell.push(box);
        else column.set(y, [box]);
      }
    }
  }

  /** Yield those that overlap a box; one that lies in several squares comes with the first that both have. */
  *over(box: Box): Generator<Box, void> {
    for (let x = cellOf(box.x0); x <= cellOf(box.x1); x += 1) {
      const column = this.columns.get(x);
      if (!column) continue;
      for (let y = cellOf(box.y0); y <= cellOf(box.y1); y += 1)
        for (const other of column.get(y) ?? [])
          if (
            overlap(box, other) &&
            x === cellOf(Math.max(box.x0, other.x0)) &&
            y === cellOf(Math.max(box.y0, other.y0))
          )
            yield other;
    }
  }

  /** Whether any overlaps a box. */
  meets(box: Box): boolean {
    return !this.over(box).next().done;
  }
}
