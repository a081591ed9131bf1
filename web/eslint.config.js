import vue from "eslint-plugin-vue";
import typescript from "typescript-eslint";
import house from "./eslint/house.js";

export default typescript.config(
  { ignores: ["node_modules/", "src/api/schema.d.ts"] },
  ...typescript.configs.recommended,
  ...vue.configs["flat/recommended"],
  {
    files: ["src/**/*.{ts,vue}"],
    plugins: { house },
    languageOptions: { parserOptions: { parser: typescript.parser } },
    rules: {
      "house/layers": "error",
      "house/no-words": "error",
      "max-lines": ["error", { max: 250 }],
      complexity: ["error", 10],
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-non-null-assertion": "error",
      "vue/no-bare-strings-in-template": ["error", { allowlist: ["·", "—", "/", ":", "→", "×", "…", "+", "−", "(", ")", ",", "@", "#", "%", "~", "Ctrl", "K", "↑", "↓", "Enter", "?", "Esc", "*"] }],
      "vue/no-v-html": "error",
      "vue/multi-word-component-names": "off",
      "vue/component-api-style": ["error", ["script-setup"]],
      "vue/define-props-declaration": ["error", "type-based"],
      "vue/block-lang": ["error", { script: { lang: "ts" } }],
      "vue/max-attributes-per-line": "off",
      "vue/singleline-html-element-content-newline": "off",
      "vue/html-self-closing": "off",
      "vue/html-indent": "off",
      "vue/html-closing-bracket-newline": "off",
      "vue/first-attribute-linebreak": "off",
      "vue/multiline-html-element-content-newline": "off",
      "vue/require-default-prop": "off",
      "vue/attributes-order": "off",
    },
  },
  { files: ["src/**/*.test.ts"], rules: { "house/no-words": "off" } },
);
