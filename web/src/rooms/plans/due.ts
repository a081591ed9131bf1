interface Dated {
  due_on: string | null;
  due_event: string;
  due_words: string;
  recurrence: string;
}

/** When a task is due, in words: its day, the event that it hangs on, its rhythm, or what the document says (长期). */
export function dueOf(row: Dated, t: (key: string) => string): string {
  return row.due_on ?? (row.due_event || (row.recurrence ? t(`plan.rhythm.${row.recurrence}`) : row.due_words) || t("plan.no_due"));
}
