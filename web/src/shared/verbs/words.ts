import { useI18n } from "vue-i18n";

/** Words of verbs and states. The same verb may be called otherwise for another kind of thing: `verb_of.<kind>.<name>`. */
export function useVerbWords(kind: () => string | undefined) {
  const { t, te } = useI18n();
  const own = (tree: string, name: string) => {
    const key = `${tree}_of.${kind() ?? ""}.${name}`;
    return te(key) ? t(key) : null;
  };
  return {
    verb: (name: string) => own("verb", name) ?? t(`verb.${name}`),
    state: (name: string) => own("state", name) ?? (te(`case.state.${name}`) ? t(`case.state.${name}`) : null),
  };
}
