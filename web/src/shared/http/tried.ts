import { ref, shallowRef } from "vue";
import { asProblem, type Problem } from "./problem";

/** Steps of a form that talk to the server, one at a time: `busy` while one runs, `problem` is why the last was refused. */
export function useTried() {
  const problem = shallowRef<Problem | null>(null);
  const busy = ref(false);

  async function tried(act: () => Promise<void>): Promise<void> {
    busy.value = true;
    problem.value = null;
    try {
      await act();
    } catch (error) {
      problem.value = asProblem(error);
    } finally {
      busy.value = false;
    }
  }
  return { problem, busy, tried };
}
