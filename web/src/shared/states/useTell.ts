import { ElMessage } from "element-plus/es/components/message/index";
import "element-plus/theme-chalk/el-message.css";
import { useI18n } from "vue-i18n";
import { asProblem, fieldErrors, tell, type Words } from "@/shared/http/problem";

/** Says refusals in the reader's language, as a passing message or beside fields. */
export function useTell() {
  const { t, te } = useI18n();
  const words: Words = { t: (key, params) => t(key, params), te: (key) => te(key) };
  return {
    words: (error: unknown) => tell(asProblem(error), words),
    fields: (error: unknown) => fieldErrors(asProblem(error), words),
    refused: (error: unknown) => ElMessage({ type: "error", message: tell(asProblem(error), words), showClose: true, duration: 6000 }),
    /** Something to look at, though it was done. */
    note: (message: string) => ElMessage({ type: "warning", message, showClose: true, duration: 6000 }),
    done: (message: string) => ElMessage({ type: "success", message, duration: 2500 }),
  };
}
