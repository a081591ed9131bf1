// The plan of the client's house as lint rules: who may import whom, and where words may stand.
import path from "node:path";

const SOURCE = path.resolve(import.meta.dirname, "../src");
const CJK = /[\u3000-\u303f\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]/;
const MAY = {
  api: ["api"],
  shared: ["api", "shared"],
  room: ["api", "shared"],
  app: ["api", "shared", "app", "room"],
};

/** Which part of the house a file stands in: layer, and the room's name for rooms. */
function partOf(file) {
  const [top, name] = path.relative(SOURCE, file).split(path.sep);
  if (top === "rooms") return { layer: "room", room: name };
  return top in MAY ? { layer: top } : null;
}

function resolved(request, from) {
  if (request.startsWith("@/")) return path.join(SOURCE, request.slice(2));
  return request.startsWith(".") ? path.resolve(path.dirname(from), request) : null;
}

function forbidden(from, to) {
  if (from.layer === "room" && to.layer === "room") {
    return from.room === to.room ? null : `room ${from.room} may not import room ${to.room}: put it in shared/`;
  }
  return MAY[from.layer].includes(to.layer) ? null : `${from.layer} may not import ${to.layer}`;
}

const layers = {
  meta: { type: "problem", schema: [] },
  create(context) {
    const from = partOf(context.filename);
    const check = (node, source) => {
      const target = typeof source?.value === "string" ? resolved(source.value, context.filename) : null;
      const to = target && partOf(target);
      const message = from && to && forbidden(from, to);
      if (message) context.report({ node, message });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source),
      ExportNamedDeclaration: (node) => check(node, node.source),
      ExportAllDeclaration: (node) => check(node, node.source),
      ImportExpression: (node) => check(node, node.source),
    };
  },
};

const noWords = {
  meta: { type: "problem", schema: [] },
  create(context) {
    const check = (node, text) => {
      if (typeof text === "string" && CJK.test(text)) {
        context.report({ node, message: "a word for the screen belongs to the room's locale files" });
      }
    };
    const script = {
      Literal: (node) => check(node, node.value),
      TemplateElement: (node) => check(node, node.value.raw),
    };
    const template = {
      VText: (node) => check(node, node.value),
      VLiteral: (node) => check(node, node.value),
      Literal: (node) => check(node, node.value),
      TemplateElement: (node) => check(node, node.value.raw),
    };
    const services = context.sourceCode.parserServices;
    return services.defineTemplateBodyVisitor ? services.defineTemplateBodyVisitor(template, script) : script;
  },
};

export default { rules: { layers, "no-words": noWords } };
