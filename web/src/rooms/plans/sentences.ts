/** The sentences of a text, each with its stop: joined again they are the text. Clauses after a semicolon count too. */
export function sentencesOf(text: string): string[] {
  return text.match(/[^\u3002\uff1b;\n]+[\u3002\uff1b;\n]*|[\u3002\uff1b;\n]+/gu) ?? [text];
}
