/* The legend: a list that can be read aloud, each item with its sign. */
(function (M) {
  "use strict";

  function sign(item, entry) {
    const canvas = M.make("canvas", { className: "ca3b-map-sign", width: 60, height: 40, "aria-hidden": "true" });
    const pen = canvas.getContext("2d");
    pen.scale(2, 2);
    M.drawSign(pen, item, entry, 0, 0);
    return canvas;
  }

  /* The items shown for a layer; « not known » only where some features have no value. */
  M.legendItems = function (entry) {
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
        const attribute = entry.scale.attribute && M.attribute(entry.layer, entry.scale.attribute);
        if (attribute) { parts.push(M.make("p", { className: "ca3b-map-legend-by", textContent: M.say(one.words, "colored_by", { name: attribute.label || attribute.name }) })); }
        if (entry.carte.legend_url) { parts.push(M.make("img", { src: M.absolute(entry.carte.legend_url, entry.url || ""), alt: M.say(one.words, "legend") })); }
        if (!entry.raster) {
          parts.push(M.make("ul", {}, M.legendItems(entry).map((item) => M.make("li", {}, sign(item, entry), M.make("span", { textContent: item.label || entry.title })))));
        }
        if (entry.partial) { parts.push(M.make("p", { className: "ca3b-map-partial", textContent: M.say(one.words, "partial") })); }
        return [M.make("section", { className: "ca3b-map-legend-layer" }, parts)];
      }));
    }
    ["data", "style", "layers"].forEach((name) => one.on(name, update));
    return { update };
  };
})(window.ca3bMap = window.ca3bMap || {});
