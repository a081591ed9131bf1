export interface Cell {
  day: number;
  kind: "work" | "rest" | "holiday" | "workday";
  name: string;
}

export interface Month {
  number: number;
  weeks: (Cell | null)[][];
}

interface Special {
  day: string;
  kind: string;
  name: string;
}

/** A year as weeks from Monday, month by month, with the days that are not what their weekday says. */
export function monthsOf(year: number, specials: readonly Special[]): Month[] {
  const known = new Map(specials.map((one) => [one.day, one]));
  return Array.from({ length: 12 }, (_, month) => ({ number: month + 1, weeks: weeksOf(year, month, known) }));
}

function weeksOf(year: number, month: number, known: ReadonlyMap<string, Special>): (Cell | null)[][] {
  const count = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const before = (new Date(Date.UTC(year, month, 1)).getUTCDay() + 6) % 7;
  const cells: (Cell | null)[] = Array.from({ length: before }, () => null);
  for (let day = 1; day <= count; day++) cells.push(cellOf(year, month, day, known));
  while (cells.length % 7 !== 0) cells.push(null);
  return Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
}

function cellOf(year: number, month: number, day: number, known: ReadonlyMap<string, Special>): Cell {
  const date = new Date(Date.UTC(year, month, day));
  const special = known.get(date.toISOString().slice(0, 10));
  if (special) return { day, kind: special.kind === "workday" ? "workday" : "holiday", name: special.name };
  return { day, kind: [0, 6].includes(date.getUTCDay()) ? "rest" : "work", name: "" };
}
