import { reactive } from "vue";
import { http } from "@/shared/http/client";
import { useSession } from "@/shared/session";

const known = reactive(new Map<string, string>());

/** Names of people by id, asked one by one as they are needed and kept; the id's beginning for whoever may not read them. */
export function usePersonNames(): (id: string) => string {
  const readable = useSession().can("accounts.read");
  return (id) => {
    const name = known.get(id);
    if (name !== undefined || !readable) return name ?? id.slice(0, 13);
    known.set(id, id.slice(0, 13));
    http.get<{ name: string }>(`accounts/people/${id}`).then(
      (person) => known.set(id, person.name),
      () => undefined, // closed, or of another town: its id must do
    );
    return id.slice(0, 13);
  };
}
