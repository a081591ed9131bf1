type Say = (key: string, params: Record<string, unknown>) => string;

/** Why a department was found, in words; an official's own basis stands before ours. */
export function reasonWords(reason: unknown, language: string, t: Say): string | null {
  if (typeof reason !== "object" || reason === null || !("by" in reason)) return null;
  const parts = reason as Record<string, unknown>;
  const basis = parts[language === "en" ? "basis_en" : "basis_zh"];
  if (typeof basis === "string" && basis) return basis;
  return ["responsibility", "owner", "class", "person"].includes(String(parts.by)) ? t(`reason.${String(parts.by)}`, parts) : null;
}
