/* The layers of the map: what carte.json says of each, what the reader chose, and its features when they are at hand. */
(function (M) {
  "use strict";

  const CLUSTERED_FROM = 150;

  /* Absolute, since the worker of the map has no page to be relative to; the blanks {z}/{x}/{y} are kept. */
  M.absolute = function (address, from) {
    if (!address) { return null; }
    if (/^https?:/.test(address)) {
      /* The portal may be reached by another name than its own: its parts are asked where the page is. */
      const mine = from && !/^https?:/.test(from);
      return mine ? address.replace(/^https?:\/\/[^/]+/, window.location.origin) : address;
    }
    if (address.startsWith("/")) { return window.location.origin + address; }
    return new URL(from, window.location.href).href.replace(/[^/]*([?#].*)?$/, "") + address;
  };

  /* Where a part of a layer is: what carte.json says, of the layer or of all, else the portal's usual place. */
  function place(carte, layer, url, what, usual) {
    const said = (layer.urls || {})[what] || (carte.urls || {})[what];
    if (!said && !url) { return null; }
    const address = said || "couches/" + layer.id + "/" + usual;
    return M.absolute(address.replace(/\{(n|layer|couche)\}/g, layer.id), url || "");
  }

  function kinds(types) {
    const found = new Set();
    (types || []).forEach((type) => {
      const name = String(type).toLowerCase();
      ["point", "line", "polygon"].forEach((kind) => { if (name.includes(kind)) { found.add(kind); } });
      if (name.includes("collection") || name === "unknown") { ["point", "line", "polygon"].forEach((kind) => found.add(kind)); }
    });
    return found.size ? [...found] : ["point", "line", "polygon"];
  }

  /* A file of one layer is called as people called it, not as the software that wrote it did. */
  function name(carte, layer) {
    const file = (carte.resource || {}).title;
    return (carte.layers || []).length > 1 ? layer.name || file || "" : file || layer.name || "";
  }

  /* One layer ready to be drawn. `given`: what the caller of createMap wrote for it. */
  M.entry = function (key, given, carte, layer) {
    const url = typeof given.carte === "string" ? given.carte : carte.url || null;
    const proposed = layer.style || {};
    const entry = {
      key, carte, layer, url, given,
      title: given.title || name(carte, layer),
      text: given.text || "",
      kinds: kinds(layer.geometry_types),
      raster: layer.kind === "raster" || (layer.data || {}).type === "service",
      style: {
        attribute: M.fromSource(layer, proposed.color_attribute) ? proposed.color_attribute : proposed.kind === "single" ? null : proposed.attribute || null,
        kind: proposed.kind || null, classes: proposed.classes || 5, icon: proposed.icon || null,
        method: "quantiles", color: M.SINGLES[Number(key) % M.SINGLES.length], ...given.style,
      },
      opacity: typeof given.opacity === "number" ? given.opacity : 1,
      visible: given.visible !== false,
      filters: {}, features: null, byId: new Map(), partial: false,
    };
    if (proposed.icon && proposed.icon_path) { M.ICONS[proposed.icon] = proposed.icon_path; }
    if (entry.style.icon && !M.ICONS[entry.style.icon]) { entry.style.icon = null; }
    if (entry.style.patterns === undefined) { entry.style.patterns = true; }
    entry.points = entry.kinds.length === 1 && entry.kinds[0] === "point";
    entry.cluster = given.cluster === undefined ? entry.points && (layer.features || 0) > CLUSTERED_FROM : Boolean(given.cluster);
    entry.refresh = () => Object.assign(entry, {
      urls: {
        data: place(entry.carte, entry.layer, url, "data", "entites.geojson"),
        sample: place(entry.carte, entry.layer, url, "sample", "echantillon.geojson"),
        tiles: place(entry.carte, entry.layer, url, "tiles", "tuiles/{z}/{x}/{y}"),
        items: (entry.layer.urls || {}).items || (entry.carte.urls || {}).items ? place(entry.carte, entry.layer, url, "items", "") : null,
      },
    });
    return entry.refresh();
  };

  const READY = ["done", undefined, null];
  M.building = (carte) => ["waiting", "running", "sampled"].includes(carte.state);

  /* What can be shown now: "geojson", "tiles", "sample", "service", "image", or null while nothing is ready. */
  M.available = function (entry) {
    const data = entry.layer.data || {};
    if (data.type === "service") { return "service"; }
    if (READY.includes(entry.carte.state)) {
      if (entry.layer.kind === "raster") { return "image"; }
      return data.type === "pmtiles" ? "tiles" : "geojson";
    }
    return entry.layer.sample ? "sample" : null;
  };

  /* Numbers the features as the store does (`fid`), and writes what the table and the filters need. */
  M.keep = function (entry, collection) {
    entry.byId.clear();
    entry.features = (collection.features || []).filter((feature) => feature && feature.geometry);
    entry.features.forEach((feature, index) => {
      const properties = feature.properties || (feature.properties = {});
      const id = Number(feature.id !== undefined && feature.id !== null ? feature.id : properties.fid);
      feature.id = Number.isInteger(id) && id >= 0 ? id : index + 1;
      feature.box = M.boxOf(feature.geometry);
      entry.byId.set(feature.id, feature);
    });
  };

  /* The features kept by the filters and by the rectangle `box`, as the map's worker takes them. */
  M.collection = function (entry, box) {
    const features = entry.features.filter((feature) => M.kept(entry.layer, entry.filters, feature.properties) && (!box || M.touch(feature.box, box)));
    const clustered = entry.cluster && !entry.partial;
    return {
      type: "FeatureCollection",
      features: features.flatMap((feature) => (clustered && feature.geometry.type === "MultiPoint"
        ? feature.geometry.coordinates.map((coordinates) => bare(feature, { type: "Point", coordinates }))
        : [bare(feature, feature.geometry)])),
    };
  };

  const bare = (feature, geometry) => ({ type: "Feature", id: feature.id, properties: feature.properties, geometry });

  /* The text that names a feature. */
  M.titleOf = function (entry, properties, words, id) {
    const name = entry.layer.title;
    const value = name ? M.text(properties[name], (M.attribute(entry.layer, name) || {}).type, words) : "";
    return value || M.say(words, "feature", { id });
  };
})(window.ca3bMap = window.ca3bMap || {});
