type Say = (key: string, params: Record<string, unknown>) => string;

/** A limit as the standards write it ("3 work_days next_working_day close_of_office") in words: 3 个工作日. */
export function limitWords(limit: string, t: Say): string {
  const [amount, unit] = limit.split(" ");
  return amount && unit && ["work_hours", "work_days", "clock_hours"].includes(unit) ? t(`limit.${unit}`, { amount }) : limit;
}
