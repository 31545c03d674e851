/* What the reader sees, in the fragment of the address: it is shared by copying the address, and never sent to a server.

   vue=latitude,longitude,zoom · fond=plan_ign · zone=w,s,e,n · couleur.0=attribute · classes.0=5 · methode.0=equal
   opacite.0=70 · cachee.0=1 · motifs.0=0 · sans.0.attribute=["value", …]. « 0 » is the rank of the layer. */
(function (M) {
  "use strict";

  const round = (number, digits) => Number(number.toFixed(digits));

  /* The state as an object: what createMap takes and getState gives. */
  M.readState = function (one) {
    const { map } = one;
    const centre = map.getCenter();
    return {
      view: { lat: round(centre.lat, 5), lng: round(centre.lng, 5), zoom: round(map.getZoom(), 2) },
      base: one.base.name, box: one.box ? one.box.map((each) => round(each, 5)) : null,
      layers: Object.fromEntries(one.entries.map((entry) => [entry.key, {
        attribute: entry.style.attribute, classes: entry.style.classes, method: entry.style.method, patterns: entry.style.patterns,
        opacity: entry.opacity, visible: entry.visible, filters: JSON.parse(JSON.stringify(entry.filters)),
      }])),
    };
  };

  /* Only what differs from `first`, the state at the opening: short addresses, and defaults that may improve. */
  M.writeState = function (state, first) {
    const query = new URLSearchParams();
    query.set("vue", [state.view.lat, state.view.lng, state.view.zoom].join(","));
    if (state.base !== first.base) { query.set("fond", state.base); }
    if (state.box) { query.set("zone", state.box.join(",")); }
    Object.entries(state.layers).forEach(([key, layer]) => {
      const was = first.layers[key] || {};
      if (layer.attribute !== was.attribute) { query.set("couleur." + key, layer.attribute || ""); }
      if (layer.classes !== was.classes) { query.set("classes." + key, layer.classes); }
      if (layer.method !== was.method) { query.set("methode." + key, layer.method); }
      if (layer.patterns !== was.patterns) { query.set("motifs." + key, layer.patterns ? 1 : 0); }
      if (layer.opacity !== was.opacity) { query.set("opacite." + key, Math.round(layer.opacity * 100)); }
      if (layer.visible !== was.visible) { query.set("cachee." + key, layer.visible ? 0 : 1); }
      Object.entries(layer.filters).forEach(([name, out]) => { if (out.length) { query.set("sans." + key + "." + name, JSON.stringify(out)); } });
    });
    return query.toString().replace(/%2C/g, ",");
  };

  const numbers = (text, count) => {
    const found = String(text || "").split(",").map(Number);
    return found.length === count && found.every(Number.isFinite) ? found : null;
  };

  function strings(text) {
    try {
      const found = JSON.parse(text);
      return Array.isArray(found) ? found.filter((each) => typeof each === "string").slice(0, 200) : [];
    } catch (error) { return []; }
  }

  /* Reads a fragment written by anybody: what is not understood is left out. Null when it is no state of a map. */
  M.parseState = function (fragment) {
    const query = new URLSearchParams(String(fragment || "").replace(/^#/, ""));
    const view = numbers(query.get("vue"), 3);
    if (!view) { return null; }
    const state = { view: { lat: Math.max(-85, Math.min(85, view[0])), lng: view[1], zoom: Math.max(0, Math.min(22, view[2])) }, base: query.get("fond") || undefined, layers: {} };
    const zone = numbers(query.get("zone"), 4);
    if (zone && zone[0] < zone[2] && zone[1] < zone[3]) { state.box = zone; }
    query.forEach((value, name) => {
      const [word, key, ...rest] = name.split(".");
      if (!/^\d+$/.test(key || "")) { return; }
      const layer = state.layers[key] || (state.layers[key] = {});
      if (word === "couleur") { layer.attribute = value || null; }
      if (word === "classes") { layer.classes = Number(value) || 5; }
      if (word === "methode") { layer.method = value; }
      if (word === "motifs") { layer.patterns = value !== "0"; }
      if (word === "opacite") { layer.opacity = Math.max(0.1, Math.min(1, Number(value) / 100 || 1)); }
      if (word === "cachee") { layer.visible = value === "0"; }
      if (word === "sans" && rest.length) { (layer.filters || (layer.filters = {}))[rest.join(".")] = strings(value); }
    });
    return state;
  };

  /* Puts the part of a state that is about one layer onto it; attributes the layer does not have are left out. */
  M.applyState = function (entry, wanted) {
    if (!wanted) { return; }
    const { layer } = entry;
    entry.styled = true;
    if (wanted.attribute === null || (wanted.attribute && M.colourable(layer).some((each) => each.name === wanted.attribute))) {
      if (entry.style.attribute !== wanted.attribute) { entry.style.kind = null; }
      entry.style.attribute = wanted.attribute;
    }
    ["classes", "method", "patterns"].forEach((name) => { if (wanted[name] !== undefined) { entry.style[name] = wanted[name]; } });
    if (wanted.opacity !== undefined) { entry.opacity = wanted.opacity; }
    if (wanted.visible !== undefined) { entry.visible = wanted.visible; }
    entry.filters = {};
    Object.entries(wanted.filters || {}).forEach(([name, out]) => { if (M.attribute(layer, name)) { entry.filters[name] = out.slice(); } });
  };

  /* Keeps the fragment of the page's address in step with the map. */
  M.followState = function (one) {
    const write = M.later(() => {
      if (one.gone) { return; }
      window.history.replaceState(window.history.state, "", "#" + M.writeState(M.readState(one), one.first));
    }, 300);
    one.map.on("moveend", write);
    ["style", "filters", "box", "base"].forEach((name) => one.on(name, write));
    window.addEventListener("hashchange", () => {
      const state = M.parseState(window.location.hash);
      if (state && !one.gone) { one.setState(state); }
    });
  };
})(window.ca3bMap = window.ca3bMap || {});
