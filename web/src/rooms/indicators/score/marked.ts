import type { FormulaProblem } from "@/api/indicators";

/** A text in three: before what is wrong, that, and after it. At the end of the text the last character is marked. */
export function marked(text: string, wrong: Pick<FormulaProblem, "start" | "end"> | null): [string, string, string] {
  if (!wrong) return [text, "", ""];
  // The server counts characters, JavaScript code units: the same for all that formulas are made of but rare Chinese.
  const letters = [...text];
  const start = Math.min(wrong.start, letters.length);
  if (start >= letters.length) return [text, " ", ""];
  const end = Math.min(Math.max(wrong.end, start + 1), letters.length);
  return [letters.slice(0, start).join(""), letters.slice(start, end).join(""), letters.slice(end).join("")];
}
