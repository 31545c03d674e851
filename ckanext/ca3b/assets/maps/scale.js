/* From an attribute to what is drawn: the items of the legend and the MapLibre expressions that choose among them.

   A scale: { kind: "single" | "categories" | "classes" | "source", attribute, items, other }.
   An item: { label, color, shape, pattern, dash, radius } and value (categories) or low and high (classes). */
(function (M) {
  "use strict";

  const MOST = 7;
  const NUMERIC = ["integer", "number"];
  const written = (value) => (value === null || value === undefined ? "" : String(value));

  M.attribute = (layer, name) => (layer.attributes || []).find((each) => each.name === name) || null;

  /* Whether this attribute holds the colours that the source wants (« #rrggbb », the lines of a bus network). */
  M.fromSource = (layer, name) => Boolean(name) && (layer.style || {}).color_attribute === name && (M.attribute(layer, name) || { in_tiles: false }).in_tiles !== false;

  /* Attributes worth colouring by: few categories, numbers with classes, or colours; in tiles, those the tiles carry. */
  M.colourable = (layer) => (layer.attributes || []).filter(
    (each) => each.in_tiles !== false && (M.fromSource(layer, each.name) || byClasses(each) || byCategories(each)));

  M.filterable = (layer) => (layer.attributes || []).filter(
    (each) => each.in_tiles !== false && (each.categories || []).length > 1 && (each.distinct === undefined || each.distinct <= 200));

  function byCategories(attribute) {
    const found = (attribute.categories || []).length;
    return found > 0 && (attribute.distinct === undefined || attribute.distinct <= 50 || NUMERIC.indexOf(attribute.type) < 0);
  }

  function byClasses(attribute) {
    return NUMERIC.includes(attribute.type) && M.methods(attribute).length > 0 && attribute.min !== attribute.max;
  }

  /* Class counts and methods that the description of an attribute offers. */
  M.methods = (attribute) => ["quantiles", "equal"].filter((method) => attribute && attribute[method] && Object.keys(attribute[method]).length);
  M.counts = (attribute, method) => Object.keys((attribute && attribute[method]) || {}).map(Number).filter((n) => n <= MOST).sort((a, b) => a - b);

  M.scale = function (layer, style, words) {
    const attribute = style.attribute ? M.attribute(layer, style.attribute) : null;
    if (attribute && M.fromSource(layer, attribute.name)) {
      return { kind: "source", attribute: attribute.name, other: null, items: [{
        label: M.say(words, "source_colors"), color: M.OTHER, shape: "circle", pattern: "none", dash: M.DASHES[0], radius: 6,
      }] };
    }
    if (attribute && style.kind !== "categories" && byClasses(attribute)) { return classes(attribute, style, words); }
    if (attribute && (attribute.categories || []).length) { return categories(attribute, words); }
    return { kind: "single", attribute: null, other: null, items: [{
      label: "", color: style.color || M.MAIN, shape: style.icon || "circle", pattern: "none", dash: M.DASHES[0], radius: 6,
    }] };
  };

  function categories(attribute, words) {
    const different = attribute.categories.filter((each, index, all) => all.findIndex((one) => written(one.value) === written(each.value)) === index);
    const items = different.slice(0, MOST).map((each, index) => ({
      value: each.value, count: each.count,
      label: each.value === null || each.value === "" ? M.say(words, "empty") : M.text(each.value, attribute.type, words),
      color: M.CATEGORIES[index], shape: M.SHAPES[index], pattern: M.PATTERNS[index], dash: M.DASHES[index], radius: 6,
    }));
    const whole = different.length <= MOST && (attribute.distinct || 0) <= attribute.categories.length;
    return { kind: "categories", attribute: attribute.name, items, other: other(words, whole) };
  }

  function other(words, whole) {
    return { label: M.say(words, whole ? "not_known" : "others"), color: M.OTHER, shape: "circle", pattern: "none", dash: M.DASHES[0], radius: 5, seldom: whole };
  }

  /* carte.json gives all the bounds (n + 1 numbers) or the inner ones (n - 1): both are read. */
  function bounds(attribute, method, count) {
    const given = (attribute[method] || {})[String(count)] || [];
    const inner = given.filter((value) => value > attribute.min && value < attribute.max);
    return [attribute.min, ...new Set(inner), attribute.max];
  }

  function classes(attribute, style, words) {
    const methods = M.methods(attribute);
    const method = methods.includes(style.method) ? style.method : methods[0];
    const counts = M.counts(attribute, method);
    const count = counts.includes(style.classes) ? style.classes : counts.includes(5) ? 5 : counts[counts.length - 1];
    const edges = bounds(attribute, method, count);
    const found = edges.length - 1;
    const colors = M.sequence(found);
    const items = colors.map((color, index) => ({
      low: edges[index], high: edges[index + 1], color, shape: "circle",
      label: M.say(words, index === found - 1 ? "class_last" : "class", { low: M.bound(edges[index]), high: M.bound(edges[index + 1]) }),
      pattern: M.PATTERNS[index], dash: M.DASHES[0], radius: M.radius(index, found),
    }));
    return { kind: "classes", attribute: attribute.name, method, count, items, other: other(words, true) };
  }

  /* The item a feature belongs to. */
  M.itemOf = function (scale, properties) {
    if (scale.kind === "single") { return scale.items[0]; }
    const value = properties[scale.attribute];
    if (scale.kind === "source") { return { ...scale.items[0], color: M.hex(value) ? value : M.OTHER }; }
    if (scale.kind === "categories") {
      return scale.items.find((item) => written(item.value) === written(value)) || scale.other;
    }
    if (typeof value !== "number") { return scale.other; }
    return scale.items.find((item, index) => value < item.high || index === scale.items.length - 1) || scale.other;
  };

  /* MapLibre expression giving `pick(item)` for each feature. Values are compared as text: tiles may change types. */
  M.choose = function (scale, pick) {
    const wrap = (value) => (Array.isArray(value) ? ["literal", value] : value);
    if (scale.kind === "single" || scale.kind === "source") { return wrap(pick(scale.items[0])); }
    const value = ["get", scale.attribute];
    if (scale.kind === "categories") {
      const cases = scale.items.flatMap((item) => [written(item.value), wrap(pick(item))]);
      return ["match", ["to-string", value], ...cases, wrap(pick(scale.other))];
    }
    const steps = scale.items.slice(1).flatMap((item) => [item.low, wrap(pick(item))]);
    const chosen = steps.length ? ["step", value, wrap(pick(scale.items[0])), ...steps] : wrap(pick(scale.items[0]));
    return ["case", ["==", ["typeof", value], "number"], chosen, wrap(pick(scale.other))];
  };

  /* MapLibre expression of the colour of each feature. The map reads more colours than « #rrggbb », among them
     transparent ones: what has not seven characters and a sharp is not asked. */
  M.colors = function (scale) {
    if (scale.kind !== "source") { return M.choose(scale, (item) => item.color); }
    const value = ["to-string", ["get", scale.attribute]];
    const sharp = ["all", ["==", ["length", value], 7], ["==", ["slice", value, 0, 1], "#"]];
    return ["case", sharp, ["to-color", value, M.OTHER], M.OTHER];
  };
})(window.ca3bMap = window.ca3bMap || {});
