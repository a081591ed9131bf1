import { computed, ref, type ComputedRef, type Ref } from "vue";

export interface Column<Row> {
  key: string;
  /** Locale key of the heading. */
  label: string;
  /** The heading itself, where columns are data and have no locale key. */
  heading?: string;
  /** CSS width; the first column without one takes the rest. */
  width?: string;
  /** Plain text of the cell where no slot draws it. */
  text?: (row: Row) => string | number | null | undefined;
  align?: "right";
  /** Name that the server sorts by. */
  order?: string;
  /** Not shown until chosen. */
  hidden?: boolean;
}

export interface ColumnChoice<Row> {
  chosen: Ref<string[]>;
  shown: ComputedRef<Column<Row>[]>;
}

/** Which columns a person chose, kept on the device under `name`. */
export function useColumns<Row>(name: string, columns: readonly Column<Row>[]): ColumnChoice<Row> {
  const key = `chengyun.columns.${name}`;
  const standard = columns.filter((column) => !column.hidden).map((column) => column.key);
  const kept = localStorage.getItem(key)?.split(",").filter((one) => columns.some((column) => column.key === one));
  const inner = ref(kept?.length ? kept : standard);
  const chosen = computed({
    get: () => inner.value,
    set: (keys) => {
      inner.value = keys.length > 0 ? keys : standard;
      localStorage.setItem(key, inner.value.join(","));
    },
  });
  const shown = computed(() => columns.filter((column) => inner.value.includes(column.key)));
  return { chosen, shown };
}
