/* The features in view as a table: the same as the map, for those who do not see it, and a way to choose on it. */
(function (M) {
  "use strict";

  const PAGE = 50;
  const COLUMNS = 5;

  /* { features, total, exact } of a layer for what the map shows; `limit` features at most. */
  async function inView(one, entry, limit, signal) {
    const view = one.box && M.touch(one.box, M.viewBox(one.map)) ? crossing(one.box, M.viewBox(one.map)) : M.viewBox(one.map);
    if (entry.features) {
      const found = entry.features.filter((feature) => M.touch(feature.box, view) && M.kept(entry.layer, entry.filters, feature.properties));
      return { features: found.slice(0, limit), total: found.length, exact: !entry.partial };
    }
    if (entry.urls.items && !M.filtered(entry.filters)) {
      const url = new URL(entry.urls.items);
      url.searchParams.set("bbox", view.map((each) => each.toFixed(6)).join(","));
      url.searchParams.set("limit", String(limit));
      try {
        const answer = await M.json(url.href, signal);
        answer.features.forEach((feature) => { feature.box = M.boxOf(feature.geometry); });
        const total = answer.numberMatched;
        return { features: answer.features, total: total === undefined ? answer.features.length : total, exact: total !== undefined };
      } catch (error) {
        if (error.name === "AbortError") { throw error; }
      }
    }
    return drawn(one, entry, limit);
  }

  const crossing = (a, b) => [Math.max(a[0], b[0]), Math.max(a[1], b[1]), Math.min(a[2], b[2]), Math.min(a[3], b[3])];

  /* What the tiles in view hold: each feature once, however many tiles it is cut into. */
  function drawn(one, entry, limit) {
    const layers = (entry.drawn || []).filter((name) => one.map.getLayer(name) && /-(fill|line|point|shape)$/.test(name));
    if (!layers.length) { return { features: [], total: 0, exact: true }; }
    const byId = new Map();
    one.map.queryRenderedFeatures({ layers }).forEach((feature) => {
      const id = feature.id !== undefined ? feature.id : feature.properties.fid;
      if (!byId.has(id)) { byId.set(id, { id, properties: feature.properties, geometry: feature.geometry, box: M.boxOf(feature.geometry) }); }
    });
    return { features: [...byId.values()].slice(0, limit), total: byId.size, exact: false };
  }

  M.table = function (one, place) {
    const { words } = one;
    const title = M.make("h3", { id: M.uid("map-table"), className: "ca3b-map-table-title" });
    const choice = M.make("select", { className: "form-select form-select-sm", id: M.uid("map-layer") });
    const chooser = M.make("p", { className: "ca3b-map-table-layer", hidden: true },
      M.make("label", { for: choice.id, textContent: M.say(words, "table_of") + " " }), choice);
    const body = M.make("div", { className: "ca3b-map-rows", role: "region", tabIndex: 0, "aria-labelledby": title.id });
    const more = M.make("button", { type: "button", className: "btn btn-sm btn-secondary", hidden: true, textContent: M.say(words, "more_rows") });
    place.replaceChildren(title, chooser, body, more);

    let limit = PAGE;
    let asked = null;
    let rows = new Map();

    const tabled = () => one.entries.filter((entry) => !entry.raster && entry.visible && entry.fed);

    function columns(entry) {
      const all = (entry.layer.attributes || []).filter((each) => each.name !== entry.layer.title && each.name !== "fid");
      const first = all.filter((each) => entry.scale && each.name === entry.scale.attribute);
      return [...first, ...all.filter((each) => !first.includes(each))].slice(0, COLUMNS);
    }

    function row(entry, feature, named) {
      const name = M.titleOf(entry, feature.properties, words, feature.id);
      const button = M.make("button", { type: "button", className: "btn btn-link ca3b-map-go", textContent: name, onclick: () => one.selection.go(entry, feature) });
      const line = M.make("tr", {}, M.make("th", { scope: "row" }, button),
        named.map((each) => M.make("td", { "data-label": each.label || each.name, className: ["integer", "number"].includes(each.type) ? "ca3b-number" : "" },
          M.node(feature.properties[each.name], each.type, words))));
      line.addEventListener("click", (event) => { if (!event.target.closest("a, button")) { one.selection.go(entry, feature); } });
      rows.set(feature.id, line);
      return line;
    }

    function mark() {
      const chosen = one.selection && one.selection.entry && choice.value === one.selection.entry.key ? one.selection.id : null;
      rows.forEach((line, id) => {
        line.classList.toggle("ca3b-map-chosen", id === chosen);
        const button = line.querySelector("button");
        if (id === chosen) {
          button.setAttribute("aria-current", "true");
          body.scrollTop = Math.max(0, line.offsetTop - body.clientHeight / 2);
        } else { button.removeAttribute("aria-current"); }
      });
    }

    async function update() {
      const found = tabled();
      place.hidden = !found.length;
      if (!found.length || one.gone) { return; }
      const options = found.map((entry) => M.make("option", { value: entry.key, textContent: entry.title }));
      const kept = found.some((entry) => entry.key === choice.value) ? choice.value : found[found.length - 1].key;
      choice.replaceChildren(...options);
      choice.value = kept;
      chooser.hidden = found.length < 2;
      const entry = found.find((each) => each.key === kept);
      if (asked) { asked.abort(); }
      asked = new AbortController();
      let answer;
      try { answer = await inView(one, entry, limit, asked.signal); } catch (error) { return; }
      const named = columns(entry);
      const focused = document.activeElement && body.contains(document.activeElement) ? document.activeElement.textContent : null;
      rows = new Map();
      title.textContent = M.count(words, answer.exact ? "in_view" : "in_view_about", answer.total);
      body.replaceChildren(M.make("table", { className: "table table-sm" },
        M.make("caption", { className: "visually-hidden", textContent: M.say(words, "table_caption") }),
        M.make("thead", {}, M.make("tr", {}, M.make("th", { scope: "col", textContent: M.say(words, "name") }), named.map((each) => M.make("th", { scope: "col", textContent: each.label || each.name })))),
        M.make("tbody", {}, answer.features.map((feature) => row(entry, feature, named)))));
      more.hidden = answer.features.length >= answer.total || answer.features.length < limit;
      if (focused) { rows.forEach((line) => { const button = line.querySelector("button"); if (button.textContent === focused) { button.focus({ preventScroll: true }); } }); }
      mark();
      one.tell(title.textContent, true);
    }

    const soon = M.later(update, 300);
    choice.addEventListener("change", update);
    more.addEventListener("click", () => { limit += PAGE; update(); });
    one.map.on("moveend", () => { limit = PAGE; soon(); });
    one.on("data", soon);
    one.on("filters", soon);
    one.on("style", soon);
    one.on("selection", () => {
      const entry = one.selection.entry;
      if (entry && entry.key !== choice.value && tabled().includes(entry)) { choice.value = entry.key; update(); } else { mark(); }
    });
    /* Tiles come one by one: the rows wait for the last. */
    one.map.on("idle", () => { if (tabled().some((entry) => !entry.features && entry.key === choice.value && (!entry.urls.items || M.filtered(entry.filters)))) { soon(); } });
    return { update };
  };
})(window.ca3bMap = window.ca3bMap || {});
