/** A form of records as data: what is asked, and how. */
export type SpecKind = "text" | "longtext" | "password" | "number" | "yesno" | "date" | "moment" | "choice" | "choices" | "department" | "person" | "area";

export interface Choice {
  value: string;
  label: string;
}

export interface Spec {
  name: string;
  /** Locale key. */
  label: string;
  kind: SpecKind;
  required?: boolean;
  choices?: readonly Choice[];
  /** Locale key of a line below the field. */
  hint?: string;
  /** Only asked when the record is made. */
  once?: boolean;
  /** Shown empty when the record is changed (it is masked, or secret); sent only if typed anew. */
  anew?: boolean;
  /** Asked only while this holds. */
  when?: (values: Values) => boolean;
}

export type Values = Record<string, unknown>;

/** The fields that are asked now. */
export function asked(specs: readonly Spec[], values: Values, making: boolean): Spec[] {
  return specs.filter((spec) => (making || !spec.once) && (spec.when?.(values) ?? true));
}

/** What is sent: only what was asked; empty texts as the server's null where nothing must stand. */
export function body(specs: readonly Spec[], values: Values, making: boolean): Values {
  const sent = asked(specs, values, making).filter((spec) => making || !spec.anew || !isEmpty(values[spec.name]));
  const pairs = sent.map((spec) => {
    const value = values[spec.name];
    const text = spec.kind === "text" || spec.kind === "longtext" || spec.kind === "password";
    if (value === undefined || value === "") return [spec.name, text ? "" : null] as const;
    return [spec.name, typeof value === "string" ? value.trim() : value] as const;
  });
  return Object.fromEntries(pairs);
}

/** Required fields that are still empty. */
export function lacking(specs: readonly Spec[], values: Values, making: boolean): string[] {
  return asked(specs, values, making).filter((spec) => spec.required && isEmpty(values[spec.name])).map((spec) => spec.name);
}

function isEmpty(value: unknown): boolean {
  return value == null || value === "" || (Array.isArray(value) && value.length === 0);
}

/** What the form starts with when a record is changed: things by their ids. */
export function startOf(specs: readonly Spec[], row: object): Values {
  const pairs = specs.map((spec) => {
    const value = (row as Values)[spec.name];
    const id = typeof value === "object" && value !== null && "id" in value ? value.id : value;
    return [spec.name, spec.anew ? undefined : id] as const;
  });
  return Object.fromEntries(pairs);
}
