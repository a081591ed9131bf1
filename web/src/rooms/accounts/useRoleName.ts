import { useI18n } from "vue-i18n";

/** The name of a role: ours in the reader's language, a town's own as the town calls it. */
export function useRoleName(): (code: string, own: string) => string {
  const { t, te } = useI18n();
  return (code, own) => (te(`role.${code}`) ? t(`role.${code}`) : own);
}
