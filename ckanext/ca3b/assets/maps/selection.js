/* One feature chosen on the map, from the keyboard or in the table: its popup, its mark on the map, its row. */
(function (M) {
  "use strict";

  const REACH = 6;
  const FACTS = 3;

  function mark(map) {
    map.addSource("chosen", { type: "geojson", data: { type: "FeatureCollection", features: [] } });
    const line = { "line-cap": "round", "line-join": "round" };
    map.addLayer({ id: "chosen-casing", type: "line", source: "chosen", layout: line, paint: { "line-color": M.INK, "line-width": 7 } });
    map.addLayer({ id: "chosen-line", type: "line", source: "chosen", layout: line, paint: { "line-color": M.LOUD, "line-width": 4 } });
    map.addLayer({
      id: "chosen-point", type: "circle", source: "chosen", filter: ["in", ["geometry-type"], ["literal", ["Point", "MultiPoint"]]],
      paint: { "circle-radius": 13, "circle-color": "rgba(0,0,0,0)", "circle-stroke-color": M.INK, "circle-stroke-width": 3 },
    });
    map.addLayer({
      id: "chosen-ring", type: "circle", source: "chosen", filter: ["in", ["geometry-type"], ["literal", ["Point", "MultiPoint"]]],
      paint: { "circle-radius": 12, "circle-color": "rgba(0,0,0,0)", "circle-stroke-color": M.LOUD, "circle-stroke-width": 2.5 },
    });
  }

  /* What a popup says, as nodes: values never become HTML. */
  function card(one, found, index, turn) {
    const { entry, feature } = found[index];
    const { words } = one;
    const box = M.make("div", { className: "ca3b-map-card" });
    if (one.entries.length > 1) { box.append(M.make("p", { className: "ca3b-map-card-layer", textContent: entry.title })); }
    box.append(M.make("h3", { textContent: M.titleOf(entry, feature.properties, words, feature.id) }));
    const named = new Map((entry.layer.attributes || []).map((each) => [each.name, each]));
    const first = [entry.scale && entry.scale.attribute, ...named.keys()];
    const order = [...new Set([...first, ...Object.keys(feature.properties)])]
      .filter((name) => name && name !== "fid" && name !== entry.layer.title && !["", null, undefined].includes(feature.properties[name]));
    const list = (names) => M.make("dl", {}, names.map((name) => [
      M.make("dt", { textContent: (named.get(name) || {}).label || name }),
      M.make("dd", {}, M.node(feature.properties[name], (named.get(name) || {}).type, words)),
    ]).flat());
    if (order.length) { box.append(list(order.slice(0, FACTS))); }
    if (order.length > FACTS) {
      box.append(M.make("details", {}, M.make("summary", { textContent: M.count(words, "more_facts", order.length - FACTS) }), list(order.slice(FACTS))));
    }
    if (!order.length) { box.append(M.make("p", { textContent: M.say(words, "no_facts") })); }
    if (found.length > 1) {
      box.append(M.make("p", { className: "ca3b-map-card-turn" },
        M.make("span", { textContent: M.say(words, "one_of", { index: index + 1, total: found.length }) + " " }),
        M.make("button", { type: "button", className: "btn btn-sm btn-secondary", textContent: M.say(words, "next"), onclick: () => turn((index + 1) % found.length) })));
    }
    return box;
  }

  M.selection = function (one) {
    const { map } = one;
    const selection = { entry: null, id: null };
    let popup = null;
    mark(map);

    function close() {
      if (popup) { const old = popup; popup = null; old.remove(); }
    }

    selection.clear = function () {
      close();
      if (selection.id === null) { return; }
      selection.entry = selection.id = null;
      map.getSource("chosen").setData({ type: "FeatureCollection", features: [] });
      one.changed("selection");
    };

    /* Tiles cut shapes and leave facts out: the whole object is asked for once it is chosen. */
    async function complete(entry, feature, again) {
      if (entry.byId.has(feature.id) || feature.whole || !entry.urls.items || feature.id === undefined) { return; }
      try {
        const url = new URL(entry.urls.items);
        url.pathname += "/" + encodeURIComponent(feature.id);
        const whole = await M.json(url.href);
        if (selection.entry === entry && selection.id === feature.id && whole.geometry) {
          again({ ...whole, id: feature.id, whole: true, box: M.boxOf(whole.geometry) });
        }
      } catch (error) { /* What the tile says is shown already. */ }
    }

    function show(found, index, at, focus) {
      const { entry, feature } = found[index];
      const whole = entry.byId.get(feature.id) || feature;
      close();
      selection.entry = entry;
      selection.id = feature.id;
      map.getSource("chosen").setData({ type: "Feature", properties: {}, geometry: whole.geometry });
      complete(entry, whole, (better) => {
        map.getSource("chosen").setData({ type: "Feature", properties: {}, geometry: better.geometry });
        const facts = found.map((each, rank) => (rank === index ? { entry, feature: better } : each));
        if (popup) { popup.setDOMContent(card(one, facts, index, (next) => show(facts, next, at, true))); }
      });
      const turned = found.map((each) => ({ entry: each.entry, feature: each.entry.byId.get(each.feature.id) || each.feature }));
      popup = new window.maplibregl.Popup({ maxWidth: "min(20rem, 82vw)", focusAfterOpen: Boolean(focus), offset: whole.geometry.type === "Point" ? 16 : 4 })
        .setLngLat(at).setDOMContent(card(one, turned, index, (next) => show(found, next, at, true))).addTo(map);
      popup.getElement().setAttribute("role", "dialog");
      popup.getElement().setAttribute("aria-label", M.titleOf(entry, whole.properties, one.words, feature.id));
      popup.on("close", () => { if (popup) { popup = null; selection.clear(); if (focus) { map.getCanvas().focus(); } } });
      one.tell(M.say(one.words, "chosen", { name: M.titleOf(entry, whole.properties, one.words, feature.id) }));
      one.changed("selection");
    }

    /* The features drawn within reach of a point of the screen, each once, nearest layer first. */
    function under(point) {
      const layers = one.entries.flatMap((entry) => entry.drawn || []).filter((name) => map.getLayer(name) && !/-(casing|pattern|picture)$/.test(name));
      if (!layers.length) { return []; }
      const reach = [[point.x - REACH, point.y - REACH], [point.x + REACH, point.y + REACH]];
      const seen = new Set();
      return map.queryRenderedFeatures(reach, { layers }).map((feature) => {
        const entry = one.entries.find((each) => M.sourceId(each) === feature.source);
        const id = feature.id !== undefined ? feature.id : feature.properties.fid;
        return { entry, feature: { id, properties: feature.properties, geometry: feature.geometry, group: feature.properties.cluster && feature.properties.cluster_id } };
      }).filter(({ entry, feature }) => {
        const name = entry.key + "/" + (feature.group ? "group" + feature.group : feature.id);
        return !seen.has(name) && seen.add(name);
      });
    }

    selection.at = async function (point, focus) {
      const found = under(point);
      if (!found.length) { selection.clear(); return false; }
      const group = found[0].feature.group ? found[0] : null;
      if (group) {
        const zoom = await map.getSource(M.sourceId(group.entry)).getClusterExpansionZoom(group.feature.group);
        map.easeTo({ center: group.feature.geometry.coordinates, zoom: Math.min(zoom + 0.2, 18) });
        one.tell(M.count(one.words, "group_opened", group.feature.properties.point_count));
        return true;
      }
      const single = found.filter((each) => !each.feature.group).slice(0, 20);
      show(single, 0, single[0].feature.geometry.type === "Point" ? single[0].feature.geometry.coordinates : map.unproject(point), focus);
      return true;
    };

    /* From the table: goes there, then says what it is. */
    selection.go = function (entry, feature) {
      const box = feature.box || M.boxOf(feature.geometry);
      if (!box) { return; }
      const small = box[2] - box[0] < 1e-4 && box[3] - box[1] < 1e-4;
      const inside = M.touch(box, M.viewBox(map)) && (!small || !entry.cluster || map.getZoom() > 14);
      if (small && !inside) { map.jumpTo({ center: M.centre(box), zoom: Math.max(map.getZoom(), 14.5) }); }
      else if (!inside) { map.fitBounds(box, { padding: 60, maxZoom: 16, animate: false }); }
      const at = feature.geometry.type === "Point" ? feature.geometry.coordinates : M.centre(box);
      show([{ entry, feature }], 0, at, false);
    };

    map.on("click", (event) => selection.at(event.point, false));
    map.on("mousemove", M.later((event) => {
      if (!one.gone && !map.isMoving()) { map.getCanvas().style.cursor = under(event.point).length ? "pointer" : ""; }
    }, 60));
    /* With the keyboard, what is under the cross at the centre of the map is chosen by Enter. */
    map.getCanvas().addEventListener("keydown", (event) => {
      if (event.key === "Enter") {
        event.preventDefault();
        const canvas = map.getCanvas();
        selection.at(new window.maplibregl.Point(canvas.clientWidth / 2, canvas.clientHeight / 2), true).then((found) => {
          if (!found) { one.tell(M.say(one.words, "nothing_here")); }
        });
      }
      if (event.key === "Escape") { selection.clear(); }
    });
    return selection;
  };
})(window.ca3bMap = window.ca3bMap || {});
