/* The legend: a list that can be read aloud, each item with its sign. */
(function (M) {
  "use strict";

  const NAMED = 40;

  function sign(item, entry) {
    const canvas = M.make("canvas", { className: "ca3b-map-sign", width: 60, height: 40, "aria-hidden": "true" });
    const pen = canvas.getContext("2d");
    pen.scale(2, 2);
    M.drawSign(pen, item, entry, 0, 0);
    return canvas;
  }

  /* What the colours of a picture mean, as carte.json says it: { kind, label, unit, items: [{ label, color }] }. */
  function ofPicture(entry) {
    return ((entry.layer.legend || {}).items || []).filter((item) => M.hex(item.color)).map((item) => ({ label: String(item.label), color: item.color, swatch: true }));
  }

  /* Features by their names, in the colours that the source gives them; beyond a few dozens, nobody reads a list. */
  function ofSource(entry, words) {
    const found = new Map();
    if (entry.features && entry.layer.title) {
      entry.features.forEach(({ id, properties }) => {
        const item = { ...M.itemOf(entry.scale, properties), label: M.titleOf(entry, properties, words, id) };
        found.set(item.color + item.label, item);
      });
    }
    return found.size <= NAMED ? [...found.values()] : [];
  }

  /* The line above the items: what they are about. Empty when the items need none. */
  M.legendHead = function (entry, words) {
    if (entry.raster) {
      const { label, unit } = entry.layer.legend || {};
      return [label, unit ? "(" + unit + ")" : ""].filter(Boolean).join(" ");
    }
    if (entry.scale.kind === "source") { return M.say(words, "source_colors"); }
    const attribute = entry.scale.attribute && M.attribute(entry.layer, entry.scale.attribute);
    return attribute ? M.say(words, "colored_by", { name: attribute.label || attribute.name }) : "";
  };

  /* The items shown for a layer; « not known » only where some features have no value. */
  M.legendItems = function (entry, words) {
    if (entry.raster) { return ofPicture(entry); }
    if (entry.scale.kind === "source") { return ofSource(entry, words); }
    const { scale } = entry;
    const attribute = scale.attribute && M.attribute(entry.layer, scale.attribute);
    const missing = attribute && entry.layer.features && attribute.filled !== undefined && attribute.filled < entry.layer.features;
    return [...scale.items, ...(scale.other && (!scale.other.seldom || missing) ? [scale.other] : [])];
  };

  M.legend = function (one, place) {
    function update() {
      const shown = one.entries.filter((entry) => entry.visible && entry.scale).reverse();
      place.replaceChildren(...shown.flatMap((entry) => {
        /* One sign needs no title above it: it bears the name of the layer. */
        const alone = entry.scale.kind === "single" && !entry.raster && !entry.text;
        const parts = alone ? [] : [M.make("h4", { textContent: entry.title || M.say(one.words, "layer") })];
        if (entry.text) { parts.push(M.make("p", { textContent: entry.text })); }
        const head = M.legendHead(entry, one.words);
        if (head) { parts.push(M.make("p", { className: "ca3b-map-legend-by", textContent: head })); }
        if (entry.carte.legend_url) { parts.push(M.make("img", { src: M.absolute(entry.carte.legend_url, entry.url || ""), alt: M.say(one.words, "legend") })); }
        const items = M.legendItems(entry, one.words);
        if (items.length) {
          parts.push(M.make("ul", {}, items.map((item) => M.make("li", {}, sign(item, entry), M.make("span", { textContent: item.label || entry.title })))));
        }
        if (entry.partial) { parts.push(M.make("p", { className: "ca3b-map-partial", textContent: M.say(one.words, "partial") })); }
        return [M.make("section", { className: "ca3b-map-legend-layer" }, parts)];
      }));
    }
    ["data", "style", "layers"].forEach((name) => one.on(name, update));
    return { update };
  };
})(window.ca3bMap = window.ca3bMap || {});
